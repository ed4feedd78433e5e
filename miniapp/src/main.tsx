import { computed, effect } from "@preact/signals";
import { render, type VNode } from "preact";
import { Api, apiBase } from "./api/client";
import { browserClock as clock } from "./game/clock";
import { CloudBackup } from "./game/cloud-backup";
import { language, pickLanguage, switchLanguage } from "./i18n";
import { Celebrations } from "./page/celebrations";
import { shareLanguage } from "./page/language";
import { startPlay, type Play } from "./page/play";
import { Pulse } from "./page/pulse";
import type { SideActions, SideParts } from "./page/side-actions";
import { PlayerStore, storage } from "./page/storage";
import { hasNativeWidgets, followSafeAreas, followTheme, connectWidgets } from "./page/telegram";
import { createBridge, type TelegramWindow } from "./telegram/bridge";
import { CloudStorage } from "./telegram/cloud";
import { forgetLaunch, retrieveLaunch, type Launch } from "./telegram/launch";
import { WebApp } from "./telegram/webapp";
import { App } from "./ui/app";
import { createFeedback } from "./ui/feedback";
import {
  ActionsContext,
  clicks,
  fullscreen,
  ownPhoto,
  player,
  status,
  tab,
  totals,
  writeAccessOffered,
  type Actions,
} from "./ui/model";
import { celebrate } from "./ui/moments";
import { keepRemembered } from "./ui/remembered";
import { erasedScreen, noLaunchScreen, preloadScreens } from "./ui/screens";
import { keepSettings, prefersFewerEffects, settings } from "./ui/settings";

/** Build settings, see vite.config.ts. */
declare const __API_BASE__: string;

/** Counts a tap, and lets the player see, hear and feel it. */
function tapsOf({ engine, rivals }: Play, app: WebApp): Actions["tap"] {
  const feedback = createFeedback({
    impact: (style) => app.impact(style),
    success: () => app.notifyHaptic("success"),
    vibrate: navigator.vibrate?.bind(navigator),
    audio: () => ("AudioContext" in window ? new AudioContext() : null),
    mono: () => clock.mono(),
    wanted: () => settings.peek(),
  });
  const pulse = new Pulse({ clock, allowance: () => engine.allowance });
  const celebrations = new Celebrations({ store: storage("localStorage"), celebrate });
  effect(() => {
    if (player.value && totals.value.clicks > 0) celebrations.counted(totals.value.clicks);
  });
  return () => {
    const before = clicks.peek();
    if (!engine.tap()) {
      pulse.refused();
      return false;
    }
    const score = clicks.peek();
    const new_step = pulse.tapped();
    const known = player.peek() !== null; // Before that, the score may lack what other devices have tapped.
    const felt = known ? celebrations.scored(score) : "tap";
    feedback.tap(felt === "tap" && new_step ? "step" : felt, pulse.per_s);
    const [first, ...others] = known ? rivals.scored(before, score) : [];
    if (first) celebrate({ kind: "passed", name: first.public_name || first.username, others: others.length, rank: first.rank - others.length });
    return true;
  };
}

function actionsOf(parts: SideParts, onErased: () => void): Actions {
  const { play, app, api } = parts;
  const { engine, leaderboard } = play;
  let loading: Promise<SideActions> | null = null;
  const side = () =>
    (loading ??= import("./page/side-actions").then(
      ({ sideActions }) => sideActions(parts),
      (error) => {
        loading = null; // The network is gone: the next call tries again.
        throw error;
      },
    ));
  effect(() => {
    if (status.value === "online") void side().catch(() => undefined); // Now the network is free, later it may be gone.
  });
  return {
    tap: tapsOf(play, app),
    async rename(username) {
      engine.renamed(await api.rename(engine.sessionToken ?? "", username));
      app.notifyHaptic("success");
      leaderboard.reload();
    },
    setPeriod: (period) => leaderboard.setPeriod(period),
    canInvite: () => (player.value?.invite_url ?? null) !== null || app.has("share_message"),
    invite: async () => (await side()).invite(),
    canShareStory: () => app.has("story"),
    shareStory: async () => (await side()).shareStory(),
    copyLink: async () => (await side()).copyLink(),
    loadFriends: async () => (await side()).loadFriends(),
    moreFriends: async () => (await side()).moreFriends(),
    loadOwn: async (...of) => (await side()).loadOwn(...of),
    crew: async (...of) => (await side()).crew(...of),
    cheer: async (friend) => (await side()).cheer(friend),
    actOnHeist: async (...of) => (await side()).actOnHeist(...of),
    contest: async (...of) => (await side()).contest(...of),
    readInbox: async (up_to) => (await side()).readInbox(up_to),
    live: async () => (await side()).live(),
    sayIn: async (room, op, text) => (await side()).sayIn(room, op, text),
    reportIn: async (room, epoch, seq) => (await side()).reportIn(room, epoch, seq),
    changeNotifications: async (changes) => (await side()).changeNotifications(changes),
    exportData: async () => (await side()).exportData(),
    async eraseAccount() {
      const outcome = await (await side()).eraseAccount();
      if (outcome === "erased") onErased();
      return outcome;
    },
    toggleFullscreen: () => (fullscreen.peek() ? app.exitFullscreen() : app.requestFullscreen()),
    addToHomeScreen: () => app.addToHomeScreen(),
    writeTo(contact) {
      const url = `https://t.me/${encodeURIComponent(contact.replace(/^@/, ""))}`;
      if (!app.openTelegramLink(url)) window.open(url, "_blank", "noopener");
    },
    async allowMessages() {
      writeAccessOffered.value = false;
      await app.requestWriteAccess();
    },
    close: app.bridge.available ? () => app.close() : null,
    hapticsExist: app.has("haptics") || "vibrate" in navigator,
  };
}

/** Follows the settings; resolves when the texts are there. */
function followSettings(launch: Launch): Promise<void> {
  const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
  keepSettings(storage("localStorage"), { fewer_effects: prefersFewerEffects(reduced, navigator.userAgent) });
  const chosen = computed(() =>
    pickLanguage([settings.value.language ?? undefined, launch.user.language_code, navigator.language]),
  );
  let ready = Promise.resolve();
  effect(() => {
    ready = switchLanguage(chosen.value);
  });
  effect(() => {
    document.documentElement.lang = language.value;
    document.documentElement.dataset["effects"] = settings.value.fewer_effects ? "few" : "all";
  });
  return ready;
}

function start(root: HTMLElement): void {
  const launch = retrieveLaunch(location.hash, storage("sessionStorage"));
  const app = new WebApp(createBridge(window as unknown as TelegramWindow), launch.version, launch.platform);
  const texts_ready = followSettings(launch);
  const show = (page: VNode) => void texts_ready.then(() => render(page, root));
  keepRemembered(storage("localStorage"), launch.user.id);
  ownPhoto.value = launch.user.photo_url;
  if (launch.start_param === "lobby") tab.value = "lobby";
  writeAccessOffered.value = app.has("write_access") && !launch.user.allows_write_to_pm;
  followSafeAreas(app);
  followTheme(app, launch);
  app.ready();
  if (!launch.init_data) return show(<noLaunchScreen.Screen />);

  const api = new Api({ base: apiBase(__API_BASE__, location), fetch: (request) => fetch(request) });
  if (app.has("fullscreen") && hasNativeWidgets(app)) fullscreen.value = launch.fullscreen;
  const { init_data } = launch;
  const store = new PlayerStore(storage("localStorage"));
  const cloud_backup = new CloudBackup(new CloudStorage(app), clock);
  const { id: owner, is_premium } = launch.user;
  const play = startPlay({ api, init_data, owner, store, cloud_backup });
  const actions = actionsOf({ play, app, api, store, owner, cloud_backup, init_data, is_premium }, () => {
    forgetLaunch(storage("sessionStorage")); // Otherwise a reload would sign in and create a new account.
    tab.value = "play";
    app.confirmClosing(false);
    render(
      <ActionsContext.Provider value={actions}>
        <erasedScreen.Screen />
      </ActionsContext.Provider>,
      root,
    );
  });
  shareLanguage(api, play.engine);
  connectWidgets(app, play.engine, () => store.lasts && play.storage.written);
  show(<App actions={actions} />);
  let started = false;
  effect(() => {
    if (status.value !== "online") return;
    preloadScreens();
    if (started) return;
    started = true;
    import("./page/economy").then(
      ({ startEconomy }) => startEconomy({ api, engine: play.engine, store, owner }),
      () => (started = false), // The network is gone: the next time online tries again.
    );
  });
}

start(document.getElementById("app") as HTMLElement);
