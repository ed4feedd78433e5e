/** `capacity` tokens at once, `per_s` in the long run. */
export interface Rate {
  capacity: number;
  per_s: number;
}

/** A level, and the rate it was measured at. */
export interface BucketState {
  level: number;
  rate: Rate;
}

/**
 * Token bucket in monotonic ms.
 *
 * The server keeps the same account as time (GCRA, see record_taps.lua): every tap uses up
 * 1 / per_s seconds. So a change of the rate keeps the time that is used up, and not the level.
 */
export class TokenBucket {
  private limits: Rate;
  private level: number;
  private at_ms: number;

  constructor(
    private readonly mono: () => number,
    rate: Rate,
    level: number = rate.capacity,
  ) {
    this.limits = rate;
    this.level = clamp(level, rate);
    this.at_ms = mono();
  }

  get rate(): Rate {
    return this.limits;
  }

  get capacity(): number {
    return this.limits.capacity;
  }

  get state(): BucketState {
    return { level: this.exact(), rate: this.limits };
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
    this.level = clamp(Math.min(this.exact(), level), this.limits);
    this.at_ms = this.mono();
  }

  /** Lowers the level to that of another bucket, whose rate may differ. */
  lowerTo(state: BucketState): void {
    this.lower(convert(state, this.limits));
  }

  setRate(rate: Rate): void {
    this.level = clamp(convert(this.state, rate), rate);
    this.at_ms = this.mono();
    this.limits = rate;
  }

  /** Ms until `tokens` are available. */
  waitMs(tokens: number): number {
    const missing = Math.min(tokens, this.capacity) - this.exact();
    return missing <= 0 ? 0 : Math.ceil((missing * 1000) / this.limits.per_s);
  }

  private exact(): number {
    const passed_ms = Math.max(0, this.mono() - this.at_ms);
    return refill(this.level, passed_ms, this.limits);
  }
}

/** The level after `passed_ms`. */
export function refill(level: number, passed_ms: number, rate: Rate): number {
  return clamp(level + (passed_ms * rate.per_s) / 1000, rate);
}

export function sameRate(one: Rate, other: Rate): boolean {
  return one.capacity === other.capacity && one.per_s === other.per_s;
}

/** The level at another rate; below zero if more time is used up than that rate allows. */
function convert({ level, rate }: BucketState, to: Rate): number {
  if (sameRate(rate, to)) return level; // Exactly: nothing is lost to rounding.
  const used_s = (rate.capacity - level) / rate.per_s;
  return to.capacity - used_s * to.per_s;
}

function clamp(level: number, { capacity }: Rate): number {
  return Math.max(0, Math.min(capacity, level));
}
