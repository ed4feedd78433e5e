import type { ProgressView } from "../../src/api/types";

const reward = { coin: 40, gem: 0, xp: 20, goods: {}, freezes: 0 };
const mission = { state: "open" as const, reward };

/** A player's progress after 80 taps, with one of each kind of goal. */
export function progressView(part: Partial<ProgressView> = {}): ProgressView {
  return {
    now_ms: 0,
    seq: 1,
    catalogue: "0123456789abcdef",
    ready: 0,
    day: {
      name: "2026-11-22",
      ends_at_ms: 1000,
      missions: [{ ...mission, cause: "day", mission: "day_taps", metric: "taps", done: 80, target: 300 }],
    },
    week: {
      name: "2026-W47",
      ends_at_ms: 1000,
      missions: [{ ...mission, cause: "week", mission: "week_bought", metric: "bought", done: 3, target: 5 }],
      chest: { cause: "chest", claimed: 0, of: 3, state: "open", reward },
    },
    reroll: { price: 100, next_at_ms: null },
    achievements: [
      {
        achievement: "taps",
        metric: "taps",
        value: 80,
        tiers: [{ tier: 1, target: 100, cause: "tier", state: "open", permille: null, reward }],
      },
    ],
    streak: streakView(),
    season: {
      season: "amber_2026",
      starts_at_ms: 0,
      ends_at_ms: 1000,
      xp: 140,
      theme: { accent: "#b45309", accent_dark: "#f59e0b" },
      steps: [{ step: 1, xp: 200, cause: "step", state: "open", reward }],
    },
    next_season: null,
    league: null,
    ...part,
  };
}

/** A streak whose check-in of today is made. */
export function streakView(part: Partial<ProgressView["streak"]> = {}): ProgressView["streak"] {
  return {
    days: 1,
    best: 1,
    freezes: 0,
    most_freezes: 2,
    freezes_needed: 0,
    due: false,
    tapped: true,
    next_at_ms: 86_400_000,
    zone: "Europe/Lisbon",
    zone_free_at_ms: null,
    next_day: 2,
    week: [],
    ...part,
  };
}
