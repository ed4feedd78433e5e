/** Coins while the player taps, until the server's next answer corrects them. */

export interface Boost {
  permille: number;
  taps_left: number;
}

/** Coins for so many paid taps since the wallet was read: boosts count for as many taps as they had left then. */
export function earned(taps: number, coins_per_1000_taps: number, boosts: readonly Boost[]): number {
  const boosted = boosts.reduce((sum, { permille, taps_left }) => sum + Math.min(taps, taps_left) * permille, 0);
  return Math.floor(((taps * 1000 + boosted) * coins_per_1000_taps) / 1_000_000);
}

/** The revenue there is to collect by now: so much was there when it was read, and it stops piling up at a time. */
export function revenueAt(
  now_ms: number,
  read: { now_ms: number; revenue: { per_h: number; upkeep_per_h: number; ready: number; full_at_ms: number | null } },
): number {
  const { per_h, upkeep_per_h, ready, full_at_ms } = read.revenue;
  const for_ms = Math.max(0, Math.min(now_ms, full_at_ms ?? read.now_ms) - read.now_ms);
  return ready + Math.max(0, Math.floor(((per_h - upkeep_per_h) * for_ms) / 3_600_000));
}
