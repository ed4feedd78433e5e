import type { Leaderboard, LeaderboardEntry } from "../../src/api/types";

export const entryOf = (rank: number, id: string, clicks: number): LeaderboardEntry => ({
  rank,
  id,
  username: null,
  clicks,
  public_name: `Player ${id}`,
});

export function leaderboardOf(version: number, entries: LeaderboardEntry[] = []): Leaderboard {
  const none = { generated_at_s: 0, total_clicks: 0, total_players: 0, active_players: 0, rebuilding: false };
  return { version, entries, ...none, period: "all", name: null, ends_at_s: null, closed: false };
}
