import { ApiError, bearer, dataOf, type Api } from "../api/client";
import type { Engine } from "../game/engine";
import type { Actions } from "../ui/model";

export interface ContestParts {
  api: Pick<Api, "client">;
  engine: Pick<Engine, "sessionToken">;
}

/** What players do in raids, rallies and duels. */
export function contestActions({ api, engine }: ContestParts): Pick<Actions, "contest"> {
  // The paths take the same options, which TypeScript cannot see.
  const post = api.client.POST as (path: string, options: object) => Promise<{ data?: never; response: Response }>;
  return {
    async contest(path, places = {}, body = undefined) {
      if (engine.sessionToken === null) throw new ApiError(0, "no_answer", "");
      const options = { params: { path: places }, body, headers: bearer(engine.sessionToken) };
      return dataOf((signal) => post(path, { ...options, signal }));
    },
  };
}
