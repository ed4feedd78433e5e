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

export default defineConfig(({ mode }) => {
  const { VITE_API_BASE = "" } = loadEnv(mode, ".");
  return {
    define: { __API_BASE__: JSON.stringify(VITE_API_BASE) },
    // Relative, so that the page works below any path.
    base: "./",
    build: { target: "es2021", modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
    plugins: [contentSecurityPolicy(VITE_API_BASE)],
    test: { include: ["tests/**/*.test.ts"] },
  };
});
