import type { Leaderboard, LeaderboardEntry, PlayerRank } from "../api/types";

/** The player's rank, as far as the leaderboard or the player's own answer tells. */
export interface RankSummary {
  rank: number;
  clicks: number;
  /** Taps needed to pass the next player above; null for the first, or where it is unknown. */
  to_next: number | null;
  in_top: boolean;
}

export function summarizeRank(
  player_id: string | undefined,
  leaderboard: Leaderboard | null,
  own: PlayerRank | null,
): RankSummary | null {
  const top = leaderboard?.entries ?? [];
  const in_top = top.find((entry) => entry.id === player_id);
  if (in_top) return summaryOf(in_top, top, true);
  if (!own || own.clicks === 0) return null;
  const entry = own.around.find(({ id }) => id === player_id);
  return summaryOf(entry ?? { rank: own.rank, clicks: own.clicks }, own.around, false);
}

function summaryOf(own: Pick<LeaderboardEntry, "rank" | "clicks">, rows: LeaderboardEntry[], in_top: boolean): RankSummary {
  const above = rows.filter((entry) => entry.rank < own.rank).at(-1);
  const to_next = above ? Math.max(1, above.clicks - own.clicks + 1) : null;
  return { rank: own.rank, clicks: own.clicks, to_next, in_top };
}
