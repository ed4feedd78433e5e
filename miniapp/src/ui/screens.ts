import type { ComponentType } from "preact";
import { loadScreenTexts } from "../i18n";
import { factionRoom, together } from "./crew/lazy";
import { lazyScreen, type LazyScreen } from "./lazy";
import type { Tab } from "./model";

const lazy = (load: () => Promise<ComponentType>) =>
  lazyScreen(async () => {
    const [Screen] = await Promise.all([load(), loadScreenTexts()]);
    return Screen;
  });

const goals = () => import("./goals/screens");

/** What is not part of the first load. */
export const SCREENS: Partial<Record<Tab, LazyScreen>> = {
  quests: lazy(async () => (await goals()).Quests),
  season: lazy(async () => (await goals()).Season),
  awards: lazy(async () => (await goals()).Awards),
  shop: lazy(async () => (await import("./economy/shop")).Shop),
  bag: lazy(async () => (await import("./economy/bag")).Bag),
  wallet: lazy(async () => (await import("./economy/wallet")).Wallet),
  fairness: lazy(async () => (await import("./economy/fairness")).Fairness),
  friends: lazy(async () => (await import("./friends")).Friends),
  crew: lazy(async () => (await import("./crew")).Crew),
  inbox: lazy(async () => (await import("./inbox")).Inbox),
  lobby: lazy(async () => (await import("./live/lobby")).Lobby),
  profile: lazy(async () => (await import("./profile")).Profile),
};
export const purse = lazy(async () => (await import("./economy/purse")).Purse);
export const ownBoardsScreen = lazy(async () => (await import("./own-boards")).OwnBoards);
export const liveBar = lazy(async () => (await import("./crew/live-bar")).LiveBar);
export const usernamePrompt = lazy(async () => (await import("./newcomer")).UsernamePrompt);
export const firstTaps = lazy(async () => (await import("./newcomer")).FirstTaps);
export const offers = lazy(async () => (await import("./newcomer")).Offers);

export const explanation = lazy(async () => (await import("./explain")).Explain);
export const erasedScreen = lazy(async () => (await import("./explain")).Erased);
export const noLaunchScreen = lazy(async () => (await import("./explain")).NoLaunch);

/** Loads it all; what a new player sees goes first. */
export function preloadScreens(): void {
  const screens = [usernamePrompt, firstTaps, purse, offers, ...Object.values(SCREENS), liveBar, together, factionRoom, explanation, erasedScreen];
  for (const screen of screens) screen.preload();
}
