import type { en as economy } from "./en-economy";
import type { en as screens } from "./en-screens";

/**
 * English texts; the other languages have the same keys. `{name}` is a parameter. A text with
 * plural forms (https://cldr.unicode.org/index/cldr-spec/plural-rules) chooses one by `count`.
 */
export const en = {
  app: "Tapstack",
  tap: "Tap",
  taps_spoken: { one: "{count} tap", other: "{count} taps" },
  your_taps: "Your taps",
  everybody: "Everybody: {clicks}",
  active: "playing now: {active}",
  status_connecting: "Connecting…",
  status_online: "Online",
  status_syncing: "Syncing…",
  status_offline: "Offline · taps are kept",
  status_paused: "Paused · tap to resume",
  status_expired: "Please reopen the app",
  status_banned: "Blocked",
  unsent: { one: "{count} tap not sent yet", other: "{count} taps not sent yet" },
  level: "Level {level}",
  level_next: { one: "{count} tap to level {level}", other: "{count} taps to level {level}" },
  level_up: "Level {level}!",
  milestone: { one: "{count} tap!", other: "{count} taps!" },
  to_pass: { one: "{count} tap to pass {name}", other: "{count} taps to pass {name}" },
  passed: "You passed {name}! Rank {rank}",
  passed_more: { one: "You passed {name} and {count} more!", other: "You passed {name} and {count} more!" },
  goal: "Goal: {clicks}",
  goal_reached: { one: "Together: {count} tap!", other: "Together: {count} taps!" },
  per_second: "{rate}/s",
  stamina: "Stamina",
  stamina_left: { one: "Stamina for {count} more tap", other: "Stamina for {count} more taps" },
  too_fast: {
    one: "Out of breath: only {count} tap a second counts",
    other: "Out of breath: only {count} taps a second count",
  },
  energy: "Energy",
  energy_left: "{left} of {full}",
  no_energy: "Out of energy: taps count, but earn no coins. One comes back every {seconds} s",
  refused: "Some taps came too fast to count",
  corrected: "The server corrected your count",
  nav: "Sections",
  play: "Play",
  shop: "Shop",
  quests: "Quests",
  unseen: "New",
  board: "Leaderboard",
  board_tab: "Top",
  friends: "Friends",
  profile: "Profile",
  boards_all: "All",
  boards_league: "League",
  boards_more: "More",
  board_loading: "Loading…",
  board_empty: "Nobody has tapped yet. Be the first!",
  board_failed: "The leaderboard can't be loaded right now. It will reload automatically.",
  board_rebuilding: "Still counting: some players may be missing for a moment.",
  board_top: "Top 20",
  board_around: "Around me",
  period: "Period",
  period_all: "All time",
  period_day: "Day",
  period_week: "Week",
  period_month: "Month",
  period_year: "Year",
  rank: "Rank {rank}",
  to_next: { one: "{count} more tap to reach rank {rank}", other: "{count} more taps to reach rank {rank}" },
  first_place: "You are in first place",
  not_ranked: "Tap once to enter the leaderboard",
  anonymous: "Player",
  you: "you",
  invite_message: "Tap with me in Tapstack!",
  invite: "Invite a friend",
  copy: "Copy the link",
  copied: "Copied",
  copy_failed: "Copying is not allowed here. This is your link:",
  shared: "Shared",
  again: "Try again",
  haptics: "Vibration",
  language: "Language",
  fullscreen: "Full screen",
  home_screen: "Add to the home screen",
  screen_failed: "This screen can't be loaded right now.",
} as const;

type All = typeof en & typeof screens;
export type Key = keyof All;
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type PluralKey = { [K in Key]: All[K] extends string ? never : K }[Key];
type TextsOf<Keys extends Key> = { [K in Keys]: K extends PluralKey ? PluralForms : string };
export type Texts = TextsOf<keyof typeof en>;
export type ScreenTexts = TextsOf<keyof typeof screens>;
export type EconomyTexts = TextsOf<keyof typeof economy>;
