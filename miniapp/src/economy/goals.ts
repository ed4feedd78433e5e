import type { ProgressView, RewardView } from "../api/types";

/** Something that a reward is for, claimed by its `cause`. */
export interface Claimable {
  cause: string;
  state: "open" | "ready" | "claimed";
  reward: RewardView;
}

/** All that can be claimed, by the screen that shows it. */
export function claimables(view: ProgressView): Record<"quests" | "season" | "awards", Claimable[]> {
  const { day, week, league, season, achievements } = view;
  return {
    quests: [...day.missions, ...week.missions, week.chest, ...(league ? [{ ...league, state: "ready" as const }] : [])],
    season: season?.steps ?? [],
    awards: achievements.flatMap(({ tiers }) => tiers),
  };
}

/** How many more paid taps it takes until the next reward is there, of those that taps bring; each gives an XP, too. */
export function tapsToNext({ day, week, achievements, season }: ProgressView): number {
  const missing = [
    ...[...day.missions, ...week.missions].map(({ metric, target, done }) => (metric === "taps" ? target - done : 0)),
    ...achievements.flatMap(({ metric, value, tiers }) => tiers.map(({ target }) => (metric === "taps" ? target - value : 0))),
    ...(season?.steps ?? []).map(({ xp }) => xp - season!.xp),
  ];
  return Math.min(...missing.filter((taps) => taps > 0));
}

/** The tier to work for, or the last one: tiers are claimed in their order. */
export function tierAhead<T extends { cause: string }>(tiers: T[], isClaimed: (tier: T) => boolean): T {
  return tiers.find((tier) => !isClaimed(tier)) ?? (tiers[tiers.length - 1] as T);
}
