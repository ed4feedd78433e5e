/**
 * Token bucket in monotonic ms: at most `capacity` at once, `per_s` in the long run.
 *
 * The server's own rule is 25 taps/s with a burst of 500, and what it refuses never
 * comes back. So this model stays below it (450) and is asked before anything is sent.
 */
export class TokenBucket {
  private level: number;
  private at_ms: number;

  constructor(
    private readonly mono: () => number,
    readonly capacity: number = 450,
    readonly per_s: number = 25,
    level: number = capacity,
  ) {
    this.level = Math.max(0, Math.min(capacity, level));
    this.at_ms = mono();
  }

  /** Whole tokens available now. */
  available(): number {
    return Math.floor(this.exact() + 1e-6);
  }

  /** Takes `tokens`; all or nothing. */
  take(tokens: number): boolean {
    if (tokens > this.available()) return false;
    this.level = this.exact() - tokens;
    this.at_ms = this.mono();
    return true;
  }

  /** Lowers the level to `level`; never raises it. */
  lower(level: number): void {
    this.level = Math.max(0, Math.min(this.exact(), level));
    this.at_ms = this.mono();
  }

  /** Ms until `tokens` are available. */
  waitMs(tokens: number): number {
    const missing = Math.min(tokens, this.capacity) - this.exact();
    return missing <= 0 ? 0 : Math.ceil((missing * 1000) / this.per_s);
  }

  /** The level now, including its fraction. */
  exact(): number {
    const passed_ms = Math.max(0, this.mono() - this.at_ms);
    return Math.min(this.capacity, this.level + (passed_ms * this.per_s) / 1000);
  }
}
