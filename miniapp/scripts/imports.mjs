/**
 * Fails if modules import each other in a cycle, or against the order of the folders. Type imports
 * count, too. Names folders to check instead of `src` and `tests`: there only cycles are looked for.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

/** A folder of `src` may import from itself and from those it names. */
const ALLOWED = {
  api: [],
  i18n: [],
  telegram: [],
  game: ["api"],
  economy: ["api", "game"],
  live: ["api", "game"],
  ui: ["api", "economy", "game", "i18n", "live"],
  page: ["api", "economy", "game", "i18n", "live", "telegram", "ui"],
};
const SUFFIXES = ["", ".ts", ".tsx", ".js", ".mjs", "/index.ts"];

async function modulesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.(m?js|tsx?)$/.test(entry.name));
  return files.map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

async function importsOf(module) {
  const { importedFiles } = ts.preProcessFile(await readFile(module, "utf8"), true, true);
  const local = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith("."));
  return (await Promise.all(local.map((name) => resolved(resolve(dirname(module), name))))).filter(Boolean);
}

async function resolved(path) {
  for (const suffix of SUFFIXES) {
    const found = await stat(path + suffix).catch(() => null);
    if (found?.isFile()) return path + suffix;
  }
  return null;
}

/** The first cycle found, as the modules along it; null if there is none. */
function findCycle(graph) {
  const done = new Set();
  const path = [];
  const visit = (module) => {
    if (path.includes(module)) return [...path.slice(path.indexOf(module)), module];
    if (done.has(module)) return null;
    path.push(module);
    for (const imported of graph.get(module) ?? []) {
      const cycle = visit(imported);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(module);
    return null;
  };
  for (const module of graph.keys()) {
    const cycle = visit(module);
    if (cycle) return cycle;
  }
  return null;
}

function folderOf(module) {
  const [folder, file] = relative(resolve("src"), module).split("/");
  return file === undefined || folder === ".." ? null : folder;
}

const chosen = process.argv.slice(2);
const folders = chosen.length > 0 ? chosen : ["src", "tests"];
const modules = (await Promise.all(folders.map((folder) => modulesIn(resolve(folder))))).flat().sort();
const graph = new Map(await Promise.all(modules.map(async (module) => [module, await importsOf(module)])));

const faults = [];
const cycle = findCycle(graph);
if (cycle) faults.push(`import cycle: ${cycle.map((module) => relative(".", module)).join(" -> ")}`);
for (const [module, imports] of graph) {
  const from = folderOf(module);
  if (chosen.length > 0 || from === null) continue;
  for (const imported of imports) {
    const to = folderOf(imported);
    if (to === from || ALLOWED[from]?.includes(to)) continue;
    faults.push(`${relative(".", module)} must not import ${relative(".", imported)}: see ALLOWED`);
  }
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log(`imports: ${modules.length} modules, no cycle`);
