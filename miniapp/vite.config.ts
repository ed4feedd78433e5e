/// <reference types="vitest/config" />
import { defineConfig, loadEnv, type Plugin } from "vite";

/** Writes the Content-Security-Policy into the built page; development needs inline scripts. */
function contentSecurityPolicy(api_base: string): Plugin {
  const api_origin = api_base ? ` ${new URL(api_base, "https://localhost").origin}` : "";
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self'${api_base.startsWith("http") ? api_origin : ""}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: policy },
        injectTo: "head-prepend",
      },
    ],
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
