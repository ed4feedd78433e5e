/** Shapes of the API, version 1. */

export interface Player {
  id: string;
  username: string | null;
  display_name: string;
  clicks: number;
  ref_code: string;
}

export interface Totals {
  clicks: number;
  players: number;
  active: number;
}

export interface SessionOpened {
  token: string;
  session_id: string;
  expires_at_s: number;
  /** The session's watermark: how many of its taps the server knows. */
  taps: number;
  flush_every_ms: number;
  heartbeat_every_ms: number;
  player: Player;
  totals: Totals;
}

export interface ClicksAnswer {
  taps: number;
  accepted: number;
  clicks: number;
  total_clicks: number;
  leaderboard_version: number;
  flush_every_ms: number;
}

export interface HeartbeatAnswer {
  active: number;
  clicks: number;
  total_clicks: number;
  leaderboard_version: number;
  flush_every_ms: number;
  heartbeat_every_ms: number;
}

export interface LeaderboardEntry {
  rank: number;
  id: string;
  username: string | null;
  clicks: number;
}

export interface Leaderboard {
  version: number;
  generated_at_s: number;
  total_clicks: number;
  total_players: number;
  active_players: number;
  entries: LeaderboardEntry[];
}

export interface ErrorBody {
  error: { code: string; message: string; data?: Record<string, unknown> | null };
}
