import directives from "../content-security-policy.json" with { type: "json" };

export type Policy = Record<string, string>;

/** The page's policy; an API on another origin, as `VITE_API_BASE` may name it, may be connected to. */
export function policyFor(api_base: string): Policy {
  if (!/^https?:\/\//.test(api_base)) return { ...directives };
  return { ...directives, "connect-src": `${directives["connect-src"]} ${new URL(api_base).origin}` };
}

/** The policy as a `<meta>` tag states it: browsers ignore `frame-ancestors` there, and complain. */
export function metaContent(policy: Policy): string {
  const stated = Object.entries(policy).filter(([name]) => name !== "frame-ancestors");
  return stated.map((directive) => directive.join(" ")).join("; ");
}
