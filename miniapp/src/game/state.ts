import type { Newcomer, Player, Totals } from "../api/types";
import type { PaidTaps } from "./energy";

/**
 * - `connecting`: no session yet. `online`: all is well. `syncing`: taps wait longer than usual.
 * - `offline`: the server does not answer. `paused`: the session ended, a tap reopens it.
 * - `expired`: nothing that this page can do will sign the player in: the launch data is too old, or the player is banned.
 */
export type Status = "connecting" | "online" | "syncing" | "offline" | "paused" | "expired";

/** Why the shown number went down: the server refused taps that came too fast, or knows better. */
export type Notice = "refused" | "corrected";

export interface GameState {
  status: Status;
  /** The error code of the last request; null once one is answered. */
  reason: string | null;
  /** Whom to write to about that refusal, as the server says. */
  contact: string | null;
  /** The player's clicks, pending ones included. */
  clicks: number;
  /** Taps that the server has not acknowledged. */
  pending: number;
  player: Player | null;
  /** What a player without a username is met with. */
  newcomer: Newcomer;
  /** Everybody's clicks, the player's pending taps included. */
  totals: Totals;
  /** How many taps a second count in the long run. */
  taps_per_s: number;
  /** Null until a server tells. */
  paid: PaidTaps | null;
}

/** Where the engine's session is. */
export type Phase = "loading" | "closed" | "open" | "paused" | "expired" | "stopped";

interface Waiting {
  signed_in: boolean;
  /** How long the oldest unsent tap has waited. */
  waited_ms: number;
  flush_every_ms: number;
  /** Whether more taps are pending than one request may carry. */
  backlog: boolean;
}

/** The status that the page shows. */
export function statusOf(phase: Phase, health: { unreachable: boolean; failures: number }, waiting: Waiting): Status {
  if (phase === "expired" || phase === "paused") return phase;
  if (health.unreachable) return "offline";
  if (phase !== "open") return waiting.signed_in ? "syncing" : "connecting";
  const late = waiting.backlog || waiting.waited_ms > 2 * waiting.flush_every_ms + 1000;
  return late || health.failures > 0 ? "syncing" : "online";
}
