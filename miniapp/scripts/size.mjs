/** Fails where the built page loads more than its budget of gzipped JavaScript, or names another host. */
import { readdir, readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET = 45 * 1024;
const built = pathToFileURL(`${process.argv[2] ?? "dist"}/`);
const assets = new URL("assets/", built);
let scripts = 0;
for (const name of (await readdir(assets)).sort()) {
  const content = await readFile(new URL(name, assets));
  const gzipped = gzipSync(content, { level: 9 }).length;
  console.log(`${name.padEnd(28)} ${content.length} B, gzipped ${gzipped} B`);
  if (name.endsWith(".js")) scripts += gzipped;
  if (!/-[\w-]{8}\.\w+$/.test(name)) throw new Error(`${name} has no hash in its name`);
}
console.log(`JavaScript gzipped: ${scripts} B of ${BUDGET} B`);
if (scripts > BUDGET) throw new Error("too much JavaScript");

const page = await readFile(new URL("index.html", built), "utf8");
const foreign = page.match(/(?:src|href)="(?:https?:)?\/\/[^"]*/g);
if (foreign) throw new Error(`the page loads from another host: ${foreign.join(", ")}`);
