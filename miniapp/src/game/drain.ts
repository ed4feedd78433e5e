import type { Api } from "../api/client";
import { safeRate } from "./allowance";
import type { Clock } from "./clock";
import type { SessionRecord } from "./session-record";
import { TapCounter } from "./tap-counter";
import type { Rate, TokenBucket } from "./token-bucket";

export interface DrainParts {
  api: Pick<Api, "openSession" | "clicks">;
  clock: Clock;
  init_data: string;
  /** Shared with the page's own session, because the server counts both together. */
  bucket: TokenBucket;
  /** Called with the rate that the opened session published. */
  setRate: (rate: Rate) => void;
  /** Called after each answer. */
  onProgress: (record: SessionRecord) => void;
}

const PAUSE_MS = 2000;

/**
 * Sends the unsent taps of an orphaned session. It adds none of its own, and the count only
 * grows, so nothing counts twice even if another device plays on. Throws if the server does
 * not answer; the remaining taps stay in the record for the next attempt.
 */
export async function drain(record: SessionRecord, parts: DrainParts): Promise<void> {
  const { api, clock, bucket } = parts;
  const counter = new TapCounter();
  const progress = (answer: { taps: number; clicks: number }) => {
    bucket.lower(bucket.capacity - (answer.taps - counter.watermark));
    counter.acknowledge(answer);
    const { taps, watermark, sent, clicks } = counter;
    parts.onProgress({ ...record, taps, watermark, sent, clicks, updated_at_ms: clock.now() });
  };
  // Another device may have sent some of these at another rate, so none of them has tokens here.
  counter.restore({ ...record, sent: record.watermark });
  const { token, taps, player, allowance } = await api.openSession(parts.init_data, record.session_id);
  const credited = taps - record.watermark;
  progress({ taps, clicks: player.clicks });
  parts.setRate(safeRate(allowance));
  bucket.lower(bucket.capacity - credited); // At whichever of the two rates: the lower level is the safe one.
  while (counter.pending > 0) {
    await new Promise<void>((done) => clock.after(Math.max(PAUSE_MS, counter.waitMs(bucket)), done));
    const answer = await api.clicks(token, counter.take(bucket));
    progress(answer);
  }
}
