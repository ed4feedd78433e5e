/** What the game meets new players with: loaded as one. */
export { FirstTaps } from "./first-taps";
export { Offers } from "./offers";
export { UsernamePrompt } from "./username-prompt";
