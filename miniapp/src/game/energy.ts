import type { Energy } from "../api/types";

/** What the server has told last of the taps that it pays for. */
export interface PaidTaps {
  /** The taps paid ever. */
  paid_taps: number;
  /** As it was at `told_at`. */
  energy: Energy;
  /** Monotonic ms. */
  told_at: number;
}

/** What an answer tells of paid taps; null where an older server tells nothing. */
export function paidTapsOf(answer: { paid_taps?: number; energy?: Energy }, told_at: number): PaidTaps | null {
  const { paid_taps, energy } = answer;
  return paid_taps === undefined || energy === undefined ? null : { paid_taps, energy, told_at };
}

/** What it comes to now: energy has come back since, and pays for taps that are still on their way. */
export function expected({ paid_taps, energy, told_at }: PaidTaps, pending: number, now: number) {
  const full_in_ms = Math.max(0, energy.full_in_ms - Math.max(0, now - told_at));
  const left = energy.full - Math.ceil(full_in_ms / energy.every_ms);
  const paid = Math.min(pending, left);
  return { paid_taps: paid_taps + paid, left: left - paid, full: energy.full };
}
