import type { Energy } from "../api/types";

/** What the server has told last of the taps that it pays for. */
export interface PaidTaps {
  /** The taps paid ever. */
  paid_taps: number;
  /** How much of it there is at most, and how it comes back. */
  energy: Energy;
  /** All of it is back then, in monotonic ms. */
  full_at: number;
}

/** What an answer tells of paid taps; null where an older server tells nothing. */
export function paidTapsOf(answer: { paid_taps?: number; energy_full_in_ms?: number }, energy: Energy | null, now: number): PaidTaps | null {
  const { paid_taps, energy_full_in_ms } = answer;
  return energy && paid_taps !== undefined && energy_full_in_ms !== undefined ? { paid_taps, energy, full_at: now + energy_full_in_ms } : null;
}

/** What it comes to now: energy has come back since, and pays for taps that are still on their way. */
export function expected({ paid_taps, energy: { full, every_ms }, full_at }: PaidTaps, pending: number, now: number) {
  const left = Math.max(0, full - Math.ceil(Math.max(0, full_at - now) / every_ms));
  const paid = Math.min(pending, left);
  return { paid_taps: paid_taps + paid, left: left - paid, full };
}
