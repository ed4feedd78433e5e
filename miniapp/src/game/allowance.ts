import type { TapAllowance } from "../api/types";
import type { Rate } from "./token-bucket";

/** What a server grants that does not publish its allowance. */
const FALLBACK: TapAllowance = { taps_per_s: 25, burst: 500 };

/** Taps that the server refuses never count, so the page leaves a tenth of the burst unused. */
const SAFE_SHARE = 0.9;

/** The rate at which the page may send taps, below the allowance that `POST /sessions` publishes. */
export function safeRate(allowance?: TapAllowance): Rate {
  const { taps_per_s, burst } = allowance && isRate(allowance.burst, allowance.taps_per_s) ? allowance : FALLBACK;
  return { capacity: Math.max(1, Math.floor(burst * SAFE_SHARE)), per_s: taps_per_s };
}

export const FALLBACK_RATE = safeRate();

/** Whether these numbers can be a rate: they come from a server or a store of any version. */
export function isRate(capacity: unknown, per_s: unknown): boolean {
  return [capacity, per_s].every((value) => typeof value === "number" && Number.isFinite(value) && value > 0);
}
