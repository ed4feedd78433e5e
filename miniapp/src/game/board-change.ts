import type { BoardChange, Leaderboard, LeaderboardEntry } from "../api/types";

/**
 * The leaderboard that a change makes of the one it was made for; null where one of its
 * players is in neither. Without a leaderboard only a change that names all of them will do.
 */
export function changed(known: Leaderboard | null, change: BoardChange): Leaderboard | null {
  const named = new Map(change.players.map((player) => [player.rank, player]));
  const entries: LeaderboardEntry[] = [];
  for (const [place, clicks] of change.clicks.entries()) {
    const player = named.get(place + 1) ?? known?.entries[place];
    if (!player) return null;
    const { id, username, public_name = username ?? "", title } = player;
    entries.push({ rank: place + 1, id, username, public_name, clicks, ...(title && { title }) });
  }
  return {
    version: change.version,
    generated_at_s: Math.floor(change.version / 1000),
    total_clicks: change.totals.clicks,
    total_players: change.totals.players,
    active_players: change.totals.active,
    rebuilding: change.rebuilding ?? false,
    entries,
    period: "all",
    name: null,
    ends_at_s: null,
    closed: false,
  };
}
