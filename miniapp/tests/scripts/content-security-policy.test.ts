import { expect, test } from "vitest";
import directives from "../../content-security-policy.json";
import { metaContent, policyFor } from "../../scripts/content-security-policy";

test.each(["", "/v1"])("an API at %j is the page's own origin", (api_base) => {
  expect(policyFor(api_base)).toEqual(directives);
});

test("an API on another origin may be connected to, and nothing else changes", () => {
  expect(policyFor("https://api.example:8443/v1")).toEqual({
    ...directives,
    "connect-src": "'self' https://*.on.aws wss://*.amazonaws.com ws://127.0.0.1:* ws://localhost:* https://api.example:8443",
  });
});

test("the meta tag states all but who may frame the page", () => {
  expect(metaContent(policyFor(""))).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; " +
      "img-src 'self' https://t.me https://*.telesco.pe https://*.cdn-telegram.org; " +
      "connect-src 'self' https://*.on.aws wss://*.amazonaws.com ws://127.0.0.1:* ws://localhost:*; base-uri 'none'; form-action 'none'",
  );
});

test("no script or style may be inline, and nothing but the player's own photo comes from another host", () => {
  for (const [name, sources] of Object.entries(directives)) {
    if (!["frame-ancestors", "connect-src", "img-src"].includes(name)) expect(["'self'", "'none'"]).toContain(sources);
  }
});

test("pictures come from the page's own origin, and photos from Telegram's", () => {
  expect(directives["img-src"]).toBe("'self' https://t.me https://*.telesco.pe https://*.cdn-telegram.org");
});

test("the page talks to its own origin and to function URLs; a wildcard may stand only at the front of a host", () => {
  expect(directives["connect-src"]).toBe("'self' https://*.on.aws wss://*.amazonaws.com ws://127.0.0.1:* ws://localhost:*");
});
