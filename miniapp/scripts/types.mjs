/**
 * Generates src/api/schema.ts and src/api/features.ts from openapi.json, the API's own description
 * (`python -m tapstack.api`), and src/api/live-schema.ts from asyncapi.json (`python -m tapstack.live.asyncapi`).
 * With `--check` it writes nothing and fails if the committed files differ.
 */
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const root = new URL("../", import.meta.url);
const read = async (name) => JSON.parse(await readFile(new URL(name, root), "utf8"));
const document = await read("openapi.json");
// The schemas of an AsyncAPI document are those of an OpenAPI document.
const { info, components } = await read("asyncapi.json");
const live = { openapi: "3.1.0", info, paths: {}, components: { schemas: components.schemas } };

const parameters = document.paths["/leaderboard"].get.parameters ?? [];
const periods = (parameters.find(({ name }) => name === "period")?.schema.enum ?? ["all"])
  .filter((name) => name !== "season"); // It is on the screen of the season: other metrics have none.

const files = {
  "src/api/schema.ts": `/** Generated from openapi.json by \`npm run types\`. */\n\n${astToString(await openapiTS(document))}`,
  "src/api/live-schema.ts": `/** Generated from asyncapi.json by \`npm run types\`. */\n\n${astToString(await openapiTS(live))}`,
  "src/api/features.ts": [
    "/** Features of this version of the API; generated from openapi.json by `npm run types`. */",
    `export const PERIODS = ${JSON.stringify(periods)} as const;`,
    "",
  ].join("\n"),
};

for (const [path, made] of Object.entries(files)) {
  const at = new URL(path, root);
  if (!process.argv.includes("--check")) await writeFile(at, made);
  else if ((await readFile(at, "utf8").catch(() => "")) !== made) {
    console.error(`${path} is not what openapi.json and asyncapi.json say: run \`npm run types\``);
    process.exitCode = 1;
  }
}
