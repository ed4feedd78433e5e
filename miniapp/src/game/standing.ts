import type { Leaderboard, LeaderboardEntry, Standing } from "../api/types";

/** Where the player stands, as far as the board or the standing tells. */
export interface Place {
  rank: number;
  clicks: number;
  /** Taps missing to pass the next one above; null for the first, or where it is not known. */
  to_next: number | null;
  in_top: boolean;
}

export function placeOf(id: string | undefined, board: Leaderboard | null, standing: Standing | null): Place | null {
  const top = board?.entries ?? [];
  const own = top.find((entry) => entry.id === id);
  if (own) return place(own, top, true);
  if (!standing || standing.clicks === 0) return null;
  const near = standing.around.find((entry) => entry.id === id);
  return place(near ?? { rank: standing.rank, clicks: standing.clicks }, standing.around, false);
}

function place(own: Pick<LeaderboardEntry, "rank" | "clicks">, rows: LeaderboardEntry[], in_top: boolean): Place {
  const above = rows.filter((entry) => entry.rank < own.rank).at(-1);
  const to_next = above ? Math.max(1, above.clicks - own.clicks + 1) : null;
  return { rank: own.rank, clicks: own.clicks, to_next, in_top };
}
