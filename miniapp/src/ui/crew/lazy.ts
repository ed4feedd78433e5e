import { lazyScreen } from "../lazy";

/** Parts of the screen of the player's faction; its texts have been loaded with it. */
export const together = lazyScreen(async () => (await import("./together")).Together);
export const factionRoom = lazyScreen(async () => (await import("./faction-room")).FactionRoom);
