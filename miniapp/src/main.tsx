import { effect } from "@preact/signals";
import { render } from "preact";
import { Api, apiBase } from "./api/client";
import { browserClock as clock } from "./game/clock";
import { FriendList } from "./game/friend-list";
import { CloudBackup } from "./game/cloud-backup";
import { language, pickLanguage, t } from "./i18n";
import { copyText, Invite } from "./page/invite";
import { startPlay, type Play } from "./page/play";
import { storage } from "./page/storage";
import { hasNativeWidgets, followSafeAreas, followTheme, connectWidgets } from "./page/telegram";
import { createBridge, type TelegramWindow } from "./telegram/bridge";
import { CloudStorage } from "./telegram/cloud";
import { forgetLaunch, retrieveLaunch, type Launch } from "./telegram/launch";
import { WebApp } from "./telegram/webapp";
import { OwnData, saveFile } from "./page/own-data";
import { App, Erased, NoLaunch } from "./ui/app";
import { createFeedback } from "./ui/feedback";
import { friends, fullscreen, inviteState, player, tab, type Actions } from "./ui/model";
import { keepSettings, prefersFewerEffects, settings } from "./ui/settings";

/** Build settings, see vite.config.ts. */
declare const __API_BASE__: string;

function actionsOf({ engine, leaderboard }: Play, app: WebApp, api: Api, own: OwnData, onErased: () => void): Actions {
  const feedback = createFeedback({
    impact: () => app.impact(),
    vibrate: navigator.vibrate?.bind(navigator),
    audio: () => ("AudioContext" in window ? new AudioContext() : null),
    wanted: () => settings.peek(),
  });
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
  return {
    tap() {
      const counted = engine.tap();
      if (counted) feedback.tap();
      return counted;
    },
    async rename(username) {
      engine.renamed(await api.rename(engine.sessionToken ?? "", username));
      app.notifyHaptic("success");
      leaderboard.reload();
    },
    setPeriod: (period) => leaderboard.setPeriod(period),
    loadLeague: async () => (engine.sessionToken === null ? null : api.league(engine.sessionToken)),
    loadFriendsBoard: async () => (engine.sessionToken === null ? null : api.friendsBoard(engine.sessionToken)),
    canInvite: () => invite.possible,
    invite: () => invite.share(),
    copyLink: () => invite.copy(),
    loadFriends: () => void list.reload(),
    moreFriends: () => void list.more(),
    exportData: () => own.download(),
    async eraseAccount() {
      const outcome = await own.erase();
      if (outcome === "erased") onErased();
      return outcome;
    },
    toggleFullscreen: () => (fullscreen.peek() ? app.exitFullscreen() : app.requestFullscreen()),
    addToHomeScreen: () => app.addToHomeScreen(),
    close: app.bridge.available ? () => app.close() : null,
    mainButtonExists: hasNativeWidgets(app),
    hapticsExist: app.has("haptics") || "vibrate" in navigator,
  };
}

function followSettings(launch: Launch): void {
  const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
  keepSettings(storage("localStorage"), { fewer_effects: prefersFewerEffects(reduced, navigator.userAgent) });
  effect(() => {
    const chosen = settings.value.language ?? undefined;
    language.value = pickLanguage([chosen, launch.user.language_code, navigator.language]);
    document.documentElement.lang = language.value;
    document.documentElement.dataset["effects"] = settings.value.fewer_effects ? "few" : "all";
  });
}

function start(root: HTMLElement): void {
  const launch = retrieveLaunch(location.hash, storage("sessionStorage"));
  const app = new WebApp(createBridge(window as unknown as TelegramWindow), launch.version, launch.platform);
  followSettings(launch);
  followSafeAreas(app);
  const colors = followTheme(app, launch);
  app.ready();
  if (!launch.init_data) return render(<NoLaunch />, root);

  const api = new Api({ base: apiBase(__API_BASE__, location), fetch: (request) => fetch(request) });
  if (app.has("fullscreen") && hasNativeWidgets(app)) fullscreen.value = launch.fullscreen;
  const { init_data } = launch;
  const cloud_backup = new CloudBackup(new CloudStorage(app), clock);
  const play = startPlay({ api, init_data, owner: launch.user.id, store: storage("localStorage"), cloud_backup });
  const own = new OwnData({ api, ...play, cloud_backup, init_data, save: saveFile });
  const actions = actionsOf(play, app, api, own, () => {
    forgetLaunch(storage("sessionStorage")); // Otherwise a reload would sign in and create a new account.
    tab.value = "play";
    app.confirmClosing(false);
    render(<Erased close={app.bridge.available ? () => app.close() : null} />, root);
  });
  connectWidgets(app, play.engine, actions, colors);
  render(<App actions={actions} />, root);
}

start(document.getElementById("app") as HTMLElement);
