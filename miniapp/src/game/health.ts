import { ApiError } from "../api/client";
import { backoffMs } from "./backoff";
import type { Clock } from "./clock";

/** Losing a session within this time of opening it counts as a failure, or it would loop. */
const SHORT_SESSION_MS = 5000;

/** What a failure means for the session. */
export type Verdict = "retry" | "reopen" | "ended" | "expired";

/** Whether the server answers, and when to try it next. */
export class Health {
  failures = 0;
  unreachable = false;
  reason: string | null = null;
  contact: string | null = null;
  retry_at = 0;
  private opened_at = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {}

  opened(): void {
    this.opened_at = this.clock.mono();
  }

  answered(): void {
    this.failures = 0;
    this.unreachable = false;
    this.reason = this.contact = null;
  }

  /** Records a failure and returns what it means for the session. */
  failed(error: unknown): Verdict {
    const refusal = error instanceof ApiError ? error : new ApiError(0, "internal", String(error));
    this.reason = refusal.code;
    const { contact } = refusal.data;
    this.contact = typeof contact === "string" && contact ? contact : null;
    this.unreachable = refusal.status === 0 || refusal.status >= 500;
    const verdict = verdictOf(refusal);
    const brief = this.clock.mono() - this.opened_at < SHORT_SESSION_MS;
    if (verdict === "retry" || (verdict !== "expired" && brief)) {
      this.failures += 1;
      this.retry_at = this.clock.mono() + backoffMs(this.failures, this.random, refusal.retry_after_ms);
    }
    return verdict;
  }

  /** Retries soon regardless of the backoff, at a random moment within `spread_ms`; returns when. */
  retrySoon(spread_ms: number): number {
    const soon = this.clock.mono() + this.random() * spread_ms;
    this.retry_at = Math.min(this.retry_at, soon);
    return soon;
  }
}

function verdictOf({ status, code }: ApiError): Verdict {
  if (status === 410) return "ended";
  // Erased, maybe on another device: signing in again would create a new account. A ban lasts, too.
  if (code === "player_unknown" || code === "erasing" || code === "banned") return "expired";
  if (status === 401) return code.startsWith("init_data") ? "expired" : "reopen";
  return "retry";
}
