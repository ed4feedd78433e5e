import { ApiError, bearer, dataOf, type Api } from "../api/client";
import { browserClock } from "../game/clock";
import type { Engine } from "../game/engine";
import { Live, type Socket } from "../live/live";
import type { Actions } from "../ui/model";

export interface LiveActionParts {
  api: Pick<Api, "client">;
  engine: Pick<Engine, "sessionToken">;
}

/** What chat does: one connection for all rooms of the page. */
export function liveActions({ api, engine }: LiveActionParts): Pick<Actions, "live" | "sayIn" | "reportIn"> {
  const { client } = api;
  const headers = () => (engine.sessionToken === null ? null : bearer(engine.sessionToken));
  let live: Live | null = null;
  return {
    live: async () =>
      (live ??= new Live({
        async ticket() {
          const own = headers();
          return own && dataOf((signal) => client.POST("/live/tickets", { headers: own, signal }));
        },
        open: (url) => new WebSocket(url) as Socket,
        async read(room, epoch, after) {
          const own = headers();
          const params = { path: { room }, query: epoch === "" ? {} : { epoch, after: String(after) } };
          return own && dataOf((signal) => client.GET("/live/rooms/{room}", { params, headers: own, signal }));
        },
        clock: browserClock,
        random: Math.random,
      })),
    async sayIn(room, op, text) {
      const own = headers();
      const params = { path: { room } };
      if (!own) throw new ApiError(0, "no_answer", "");
      const body = { op, text };
      return (await dataOf((signal) => client.POST("/live/rooms/{room}/messages", { params, body, headers: own, signal }))).seq;
    },
    async reportIn(room, epoch, seq) {
      const own = headers();
      const params = { path: { room } };
      const body = { epoch, seq, reason: "" };
      const answer = own && (await client.POST("/live/rooms/{room}/reports", { params, body, headers: own })).response;
      if (!answer?.ok) throw new ApiError(answer?.status ?? 0, "no_answer", "");
    },
  };
}
