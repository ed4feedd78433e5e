import { bearer, dataOf, type Api } from "../api/client";
import type { Engine } from "../game/engine";
import type { Actions } from "../ui/model";

export interface HeistParts {
  api: Pick<Api, "client">;
  engine: Pick<Engine, "sessionToken">;
}

/** What players do in heists. */
export function heistActions({ api, engine }: HeistParts): Pick<Actions, "actOnHeist"> {
  // The two paths take the same options, which TypeScript cannot see.
  const post = api.client.POST as (path: string, options: object) => Promise<{ data?: never; response: Response }>;
  return {
    async actOnHeist(heist, act, body) {
      if (engine.sessionToken === null) return null;
      const options = { params: { path: { heist } }, body, headers: bearer(engine.sessionToken) };
      return dataOf((signal) => post(`/heists/{heist}/${act}`, { ...options, signal }));
    },
  };
}
