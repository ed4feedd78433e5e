import { bearer, dataOf, type Api } from "../api/client";
import type { Engine } from "../game/engine";
import { unread, type Actions } from "../ui/model";

export interface InboxParts {
  api: Pick<Api, "client">;
  engine: Pick<Engine, "sessionToken">;
}

/** What the inbox and the friends' board change. */
export function inboxActions({ api, engine }: InboxParts): Pick<Actions, "cheer" | "readInbox" | "changeNotifications"> {
  const { client } = api;
  const headers = () => (engine.sessionToken === null ? null : bearer(engine.sessionToken));
  return {
    async cheer(friend) {
      const own = headers();
      const params = { path: { player: friend } };
      return own && dataOf((signal) => client.POST("/friends/{player}/cheer", { params, headers: own, signal }));
    },
    async readInbox(up_to) {
      const own = headers();
      if (!own) return;
      const left = await dataOf((signal) => client.POST("/notifications/read", { body: { up_to }, headers: own, signal }));
      unread.value = left.unread;
    },
    async changeNotifications(changes) {
      const own = headers();
      return own && dataOf((signal) => client.PATCH("/notifications/settings", { body: changes, headers: own, signal }));
    },
  };
}
