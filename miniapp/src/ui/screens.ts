import { lazyScreen } from "./lazy";

/** The screens that are not part of the first load. */
export const friendsScreen = lazyScreen(async () => (await import("./friends")).Friends);
export const profileScreen = lazyScreen(async () => (await import("./profile")).Profile);
export const ownBoardsScreen = lazyScreen(async () => (await import("./own-boards")).OwnBoards);

export function preloadScreens(): void {
  friendsScreen.preload();
  profileScreen.preload();
}
