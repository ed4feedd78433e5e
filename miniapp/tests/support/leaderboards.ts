import type { BoardChange, Leaderboard, LeaderboardEntry } from "../../src/api/types";

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

/** The change of a leaderboard as the server makes it: leaderboards/rules.py. */
export function changeOf(board: Leaderboard, since?: Leaderboard): BoardChange {
  const known = new Map(since?.entries.map(({ rank, id, username }) => [rank, `${id} ${username}`]));
  return {
    version: board.version,
    totals: { clicks: board.total_clicks, players: board.total_players, active: board.active_players },
    clicks: board.entries.map(({ clicks }) => clicks),
    players: board.entries
      .filter(({ rank, id, username }) => known.get(rank) !== `${id} ${username}`)
      .map(({ rank, id, username, public_name }) => ({ rank, id, username, ...(username === null && { public_name }) })),
    ...(board.rebuilding && { rebuilding: true }),
  };
}
