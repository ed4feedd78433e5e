/**
 * Fails where the built page loads more gzipped JavaScript than its budget, at first, for one of its lazy screens or in
 * all, or where it names another host. The first load is what the page imports at once, and the largest language.
 */
import { readdir, readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const FIRST_LOAD = 37 * 1024;
const LAZY_SCREEN = 9 * 1024;
const ALL = 112 * 1024;
const LANGUAGE = /^[a-z]{2}-[\w-]{8}\.js$/;

const built = pathToFileURL(`${process.argv[2] ?? "dist"}/`);
const assets = new URL("assets/", built);
const page = await readFile(new URL("index.html", built), "utf8");
const sizes = new Map();
const texts = new Map();
for (const name of (await readdir(assets)).sort()) {
  const content = await readFile(new URL(name, assets));
  const gzipped = gzipSync(content, { level: 9 }).length;
  console.log(`${name.padEnd(28)} ${content.length} B, gzipped ${gzipped} B`);
  if (!/-[\w-]{8}\.\w+$/.test(name)) throw new Error(`${name} has no hash in its name`);
  if (!name.endsWith(".js")) continue;
  sizes.set(name, gzipped);
  texts.set(name, content.toString());
}

const first = new Set();
const load = (name) => {
  if (first.has(name) || !sizes.has(name)) return;
  first.add(name);
  for (const [, imported] of texts.get(name).matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g)) load(imported);
};
for (const [, name] of page.matchAll(/(?:src|href)="[^"]*assets\/([^"]+\.js)"/g)) load(name);
if (first.size === 0) throw new Error("the page loads no JavaScript");

const languages = [...sizes.keys()].filter((name) => LANGUAGE.test(name) && !first.has(name));
const language = Math.max(0, ...languages.map((name) => sizes.get(name)));
const total = [...first].reduce((sum, name) => sum + sizes.get(name), language);
console.log(`first load: ${total} B of ${FIRST_LOAD} B gzipped (${[...first].join(", ")}, and a language of ${language} B)`);
if (total > FIRST_LOAD) throw new Error("too much JavaScript at first");
for (const [name, size] of sizes) {
  if (!first.has(name) && size > LAZY_SCREEN) throw new Error(`${name} is larger than a lazy screen may be: ${LAZY_SCREEN} B`);
}

const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
console.log(`all: ${all} B of ${ALL} B gzipped`);
if (all > ALL) throw new Error("too much JavaScript in all");

const foreign = page.match(/(?:src|href)="(?:https?:)?\/\/[^"]*/g);
if (foreign) throw new Error(`the page loads from another host: ${foreign.join(", ")}`);
