import type { Api } from "../api/client";
import type { TokenBucket } from "./bucket";
import type { Clock } from "./clock";
import { TapCounter, type SessionRecord } from "./counter";

export interface DrainParts {
  api: Pick<Api, "openSession" | "clicks">;
  clock: Clock;
  init_data: string;
  /** Shared with the page's own session: the server counts both together. */
  pace: TokenBucket;
  /** Told after each answer. */
  onProgress: (record: SessionRecord) => void;
}

const PAUSE_MS = 2000;

/**
 * Brings the unsent taps of a session that nobody plays to the server. It adds none of
 * its own, and the count only grows: also if another device plays on, nothing counts twice.
 * Throws where the server does not answer; the rest stays in the record for the next time.
 */
export async function drain(record: SessionRecord, parts: DrainParts): Promise<void> {
  const { api, clock, pace } = parts;
  const counter = new TapCounter();
  const progress = (answer: { taps: number; clicks: number }) => {
    pace.lower(pace.capacity - (answer.taps - counter.watermark));
    counter.acknowledge(answer);
    const { taps, watermark, sent, clicks } = counter;
    parts.onProgress({ ...record, taps, watermark, sent, clicks, updated_at_ms: clock.now() });
  };
  counter.restore(record);
  const { token, taps, player } = await api.openSession(parts.init_data, record.session_id);
  progress({ taps, clicks: player.clicks });
  while (counter.pending > 0) {
    await new Promise<void>((done) => clock.after(Math.max(PAUSE_MS, counter.waitMs(pace)), done));
    const answer = await api.clicks(token, counter.take(pace));
    progress(answer);
  }
}
