import { lazyScreen } from "./lazy";

/** What is not part of the first load. */
export const friendsScreen = lazyScreen(async () => (await import("./friends")).Friends);
export const profileScreen = lazyScreen(async () => (await import("./profile")).Profile);
export const usernamePrompt = lazyScreen(async () => (await import("./newcomer")).UsernamePrompt);
export const firstTaps = lazyScreen(async () => (await import("./newcomer")).FirstTaps);
export const offers = lazyScreen(async () => (await import("./newcomer")).Offers);

export const explanation = lazyScreen(async () => (await import("./explain")).Explain);
export const erasedScreen = lazyScreen(async () => (await import("./explain")).Erased);
export const noLaunchScreen = lazyScreen(async () => (await import("./explain")).NoLaunch);

/** Loads it all; what a new player sees goes first. */
export function preloadScreens(): void {
  const screens = [usernamePrompt, firstTaps, offers, friendsScreen, profileScreen, explanation, erasedScreen];
  for (const screen of screens) screen.preload();
}
