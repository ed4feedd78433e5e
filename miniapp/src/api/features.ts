/** Features of this version of the API; generated from openapi.json by `npm run types`. */
export const PERIODS = ["all","day","week","month","year"] as const;
