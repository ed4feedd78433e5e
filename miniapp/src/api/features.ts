/** What this version of the API has; made from openapi.json by `npm run types`. */
export const PERIODS: readonly string[] = ["all","day","week","month"];
