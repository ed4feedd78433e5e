import type { ComponentType } from "preact";
import { loadScreenTexts } from "../i18n";
import { lazyScreen } from "./lazy";

const lazy = (load: () => Promise<ComponentType>) =>
  lazyScreen(async () => {
    const [Screen] = await Promise.all([load(), loadScreenTexts()]);
    return Screen;
  });

/** What is not part of the first load. */
export const friendsScreen = lazy(async () => (await import("./friends")).Friends);
export const profileScreen = lazy(async () => (await import("./profile")).Profile);
export const ownBoardsScreen = lazy(async () => (await import("./own-boards")).OwnBoards);
export const usernamePrompt = lazy(async () => (await import("./newcomer")).UsernamePrompt);
export const firstTaps = lazy(async () => (await import("./newcomer")).FirstTaps);
export const offers = lazy(async () => (await import("./newcomer")).Offers);

export const explanation = lazy(async () => (await import("./explain")).Explain);
export const erasedScreen = lazy(async () => (await import("./explain")).Erased);
export const noLaunchScreen = lazy(async () => (await import("./explain")).NoLaunch);

/** Loads it all; what a new player sees goes first. */
export function preloadScreens(): void {
  const screens = [usernamePrompt, firstTaps, offers, friendsScreen, profileScreen, explanation, erasedScreen];
  for (const screen of screens) screen.preload();
}
