import { dropsAfter, type Crate, type Drop, type RarityOf } from "./draws";

export interface Odds {
  drop: Drop;
  /** From 0 to 1. */
  share: number;
}

/** The chance of each drop in the next crate, after so many without the rare one; the likeliest first. */
export function oddsOf(crate: Crate, misses: number, rarityOf: RarityOf): Odds[] {
  const drops = dropsAfter(crate, misses, rarityOf);
  const total = drops.reduce((sum, drop) => sum + drop.weight, 0);
  return drops.map((drop) => ({ drop, share: drop.weight / total })).sort((one, other) => other.share - one.share);
}

/** Within how many crates the rare one comes at the latest; null without such a promise. */
export function rareWithin(crate: Crate, misses: number): number | null {
  return crate.pity ? Math.max(1, crate.pity.opens + 1 - misses) : null;
}
