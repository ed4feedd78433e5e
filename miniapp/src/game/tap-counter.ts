import type { SessionRecord } from "./session-record";
import type { TokenBucket } from "./token-bucket";

export interface Acknowledged {
  /** The server's watermark. */
  taps: number;
  /** The player's clicks, over all sessions. */
  clicks: number;
}

/**
 * The taps of one session: a grow-only counter that is sent whole.
 *
 * A request carries how many taps the session has made so far, so a retry or a
 * duplicate counts nothing twice, and a lost request loses nothing. A watermark and
 * its clicks always come from one answer and are trusted as a pair, even when lower than
 * before: then the server has lost data, and the difference is sent again.
 */
export class TapCounter {
  taps = 0;
  watermark = 0;
  sent = 0;
  clicks = 0;
  private loaded: number | null = null;

  /** Adds the stored taps of the session to those made since the page loaded. */
  restore(record: Pick<SessionRecord, "taps" | "watermark" | "sent" | "clicks">): void {
    this.taps += record.taps;
    this.watermark = record.watermark;
    this.sent = Math.max(record.sent, record.watermark);
    this.clicks = record.clicks;
    this.loaded = record.taps;
  }

  tap(): void {
    this.taps += 1;
  }

  /** Taps that the server has not acknowledged. */
  get pending(): number {
    return Math.max(0, this.taps - this.watermark);
  }

  /** The player's clicks as the player should see them. */
  get shown(): number {
    return this.clicks + this.pending;
  }

  /**
   * The answer to opening the session. A watermark above what was stored means that the
   * last page died before it could write: the missing taps are added.
   */
  opened(answer: Acknowledged): void {
    if (this.loaded !== null && answer.taps > this.loaded) this.taps += answer.taps - this.loaded;
    this.loaded = null;
    this.acknowledge(answer);
  }

  acknowledge(answer: Acknowledged): void {
    this.watermark = answer.taps;
    this.clicks = answer.clicks;
    this.sent = Math.max(this.sent, answer.taps);
    this.taps = Math.max(this.taps, answer.taps);
  }

  /**
   * Returns the count to send now and takes its tokens. Taps that were sent before have
   * their tokens and may be repeated, but never more than a full bucket above the watermark:
   * if none of those requests arrived, the server has to credit all of them at once.
   */
  take(bucket: TokenBucket): number {
    const paid = Math.max(this.sent, this.watermark);
    const ceiling = Math.min(this.taps, this.watermark + bucket.capacity);
    const target = Math.min(ceiling, paid + bucket.available());
    if (target > paid) bucket.take(target - paid);
    this.sent = Math.max(this.sent, target);
    return target;
  }

  /** The rate has changed: taps that were sent but not acknowledged need tokens of the new rate. */
  forgetSent(): void {
    this.sent = this.watermark;
  }

  /** Ms until `take` would return more than the watermark. */
  waitMs(bucket: TokenBucket): number {
    if (this.pending === 0) return Number.POSITIVE_INFINITY;
    return this.sent > this.watermark ? 0 : bucket.waitMs(1);
  }
}
