import { ApiError, bearer, dataOf, type Api, type Result } from "../api/client";
import type { CrewPath } from "../api/types";
import type { CloudBackup } from "../game/cloud-backup";
import { forgetEconomy } from "../economy/forgetting";
import { FriendList } from "../game/friend-list";
import { t } from "../i18n";
import type { WebApp } from "../telegram/webapp";
import { contestLink, contestLinkOf, crewLink, crewLinkOf, crewPart } from "../ui/crew-link";
import { friends, inviteState, player, tab, type Actions } from "../ui/model";
import { contestActions } from "./contests";
import { copyText, Invite } from "./invite";
import { OwnData, saveFile } from "./own-data";
import { heistActions } from "./heists";
import { inboxActions } from "./inbox";
import { liveActions } from "./live";
import type { Play } from "./play";
import type { PlayerStore } from "./storage";
import { shareStory } from "./story";

export interface SideParts {
  play: Play;
  app: WebApp;
  api: Api;
  store: PlayerStore;
  owner: string;
  cloud_backup: CloudBackup;
  init_data: string;
  is_premium: boolean;
}

export type SideActions = Pick<
  Actions,
  | "loadOwn"
  | "crew"
  | "invite"
  | "shareStory"
  | "copyLink"
  | "loadFriends"
  | "moreFriends"
  | "exportData"
  | "eraseAccount"
  | "cheer"
  | "actOnHeist"
  | "contest"
  | "readInbox"
  | "changeNotifications"
  | "live"
  | "sayIn"
  | "reportIn"
>;

/** What the friends and profile screens can do; loaded with them rather than with the game. */
export function sideActions({ play, app, api, store, owner, cloud_backup, init_data, is_premium }: SideParts): SideActions {
  const { engine } = play;
  const start_param = new URLSearchParams(init_data).get("start_param");
  crewLink.value = crewLinkOf(start_param);
  contestLink.value = contestLinkOf(start_param);
  if (contestLink.value) crewPart.value = "together";
  if ((crewLink.value || contestLink.value) && tab.peek() === "play") tab.value = "crew";
  const invite = new Invite({
    app,
    link: () => player.value?.invite_url ?? null,
    text: () => t("invite_message"),
    prepare: () => api.prepareShare(engine.sessionToken ?? ""),
    copy: copyText,
    wait: (ms) => new Promise((done) => setTimeout(done, ms)),
    onState: (state) => (inviteState.value = state),
  });
  const list = new FriendList({
    load: async (cursor) => (engine.sessionToken === null ? null : api.referrals(engine.sessionToken, cursor)),
    onState: (state) => (friends.value = state),
  });
  const own_api = {
    exportMe: (token: string) => api.readOwn(token, "/players/me/export"),
    eraseMe: (token: string, data: string) => api.eraseMe(token, data),
  };
  const own = new OwnData({
    ...play,
    api: own_api,
    store,
    cloud_backup,
    init_data,
    save: saveFile,
    forgetEconomy: () => forgetEconomy(store, owner),
  });
  return {
    loadOwn: async (path, params) => (engine.sessionToken === null ? null : api.readOwn(engine.sessionToken, path, params)),
    async crew(path, places, body) {
      if (engine.sessionToken === null) throw new ApiError(0, "no_answer", "");
      const headers = bearer(engine.sessionToken);
      const post = api.client.POST as (path: CrewPath, options: object) => Promise<Result<unknown>>;
      return dataOf((signal) => post(path, { headers, params: { path: places }, body, signal }));
    },
    ...inboxActions({ api, engine }),
    ...heistActions({ api, engine }),
    ...contestActions({ api, engine }),
    ...liveActions({ api, engine }),
    invite: () => invite.share(),
    shareStory: () =>
      shareStory({
        app,
        is_premium,
        cards: async () => (engine.sessionToken === null ? null : api.readOwn(engine.sessionToken, "/players/me/cards")),
        address: (path) => `${api.base}/${path}`,
        text: () => t("invite_message"),
        link_name: () => t("story_link"),
        onState: (state) => (inviteState.value = state),
      }),
    copyLink: () => invite.copy(),
    loadFriends: () => void list.reload(),
    moreFriends: () => void list.more(),
    exportData: () => own.download(),
    eraseAccount: () => own.erase(),
  };
}
