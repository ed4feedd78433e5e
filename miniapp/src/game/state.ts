import type { Player, Totals } from "../api/types";

/**
 * - `connecting`: no session yet. `online`: all is well. `syncing`: taps wait longer than usual.
 * - `offline`: the server does not answer. `paused`: the session ended, a tap reopens it.
 * - `expired`: Telegram's launch data is too old, only opening the app anew helps.
 */
export type Status = "connecting" | "online" | "syncing" | "offline" | "paused" | "expired";

/** Why the shown number did not grow with a tap, or went down. */
export type Notice = "too_fast" | "corrected";

export interface GameState {
  status: Status;
  /** The code that made it `expired` or `offline`. */
  reason: string | null;
  /** The player's clicks, pending ones included. */
  clicks: number;
  /** Taps that the server has not acknowledged. */
  pending: number;
  player: Player | null;
  /** Clicks of everybody, own pending taps included. */
  totals: Totals;
  leaderboard_version: number | null;
}
