/// <reference types="vitest/config" />
import { defineConfig, loadEnv, type Plugin } from "vite";
import { metaContent, policyFor } from "./scripts/content-security-policy.ts";

/**
 * Writes the Content-Security-Policy into the built page, and beside it as a file for whoever
 * serves the page and sends the header. Development needs inline scripts, and gets neither.
 */
function contentSecurityPolicy(api_base: string): Plugin {
  const policy = policyFor(api_base);
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: metaContent(policy) },
        injectTo: "head-prepend",
      },
    ],
    generateBundle() {
      const source = JSON.stringify(policy, null, 2);
      this.emitFile({ type: "asset", fileName: "content-security-policy.json", source });
    },
  };
}

/**
 * Keeps all that the page needs at once in one file. Otherwise what it shares with the lazy screens would be split off,
 * once for each combination of screens: more requests, and 5% more bytes because each file is compressed by itself.
 */
function firstLoad() {
  const needed = new Set<string>();
  const plugin: Plugin = {
    name: "first-load",
    apply: "build",
    buildEnd() {
      const visit = (id: string) => {
        if (needed.has(id)) return;
        needed.add(id);
        this.getModuleInfo(id)?.importedIds.forEach(visit);
      };
      for (const id of this.getModuleIds()) if (this.getModuleInfo(id)?.isEntry) visit(id);
    },
  };
  return { plugin, group: { debugName: "first load", name: (id: string) => (needed.has(id) ? "index" : null) } };
}

export default defineConfig(({ mode }) => {
  const { VITE_API_BASE = "" } = loadEnv(mode, ".");
  const first_load = firstLoad();
  return {
    define: { __API_BASE__: JSON.stringify(VITE_API_BASE) },
    // Relative, so that the page works below any path.
    base: "./",
    build: {
      target: "es2021",
      modulePreload: false,
      assetsInlineLimit: 0,
      rolldownOptions: { output: { codeSplitting: { groups: [first_load.group] } } },
    },
    plugins: [contentSecurityPolicy(VITE_API_BASE), first_load.plugin],
    test: { include: ["tests/**/*.test.ts"] },
  };
});
