import type { Clock } from "./clock";
import type { SessionRecord } from "./counter";
import { parseRecord, SESSION_LIFE_MS, unsent } from "./home";

export interface Cloud {
  readonly available: boolean;
  set(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
  all(prefix: string): Promise<Map<string, string>>;
}

const PREFIX = "session_";
const WRITE_EVERY_MS = 15_000;

/**
 * Keeps a copy of unsent taps in Telegram's cloud: a device may clear the page's local
 * storage, or never come back. Any device may bring such a copy to the server, also while
 * the first one plays on: the count of a session only grows, so nothing counts twice.
 */
export class SecondHome {
  private written = new Map<string, number>();
  private written_at = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly cloud: Cloud,
    private readonly clock: Clock,
  ) {}

  /** Told of every saved session; writes seldom, and removes what is acknowledged. */
  saved(record: SessionRecord, at_once: boolean): void {
    if (!this.cloud.available) return;
    const key = PREFIX + record.session_id;
    if (!unsent(record)) {
      if (this.written.delete(key)) void this.quietly(this.cloud.remove(key));
      return;
    }
    const due = at_once || this.clock.mono() - this.written_at >= WRITE_EVERY_MS;
    if (!due || this.written.get(key) === record.taps) return;
    this.written.set(key, record.taps);
    this.written_at = this.clock.mono();
    void this.quietly(this.cloud.set(key, JSON.stringify(record)));
  }

  /** Copies that may hold taps nobody sent; what is too old for the server is dropped. */
  async copies(): Promise<SessionRecord[]> {
    if (!this.cloud.available) return [];
    const found: SessionRecord[] = [];
    try {
      for (const [key, value] of await this.cloud.all(PREFIX)) {
        const record = parseRecord(value);
        const young = record && Math.abs(this.clock.now() - record.created_at_ms) < SESSION_LIFE_MS;
        if (record && young && unsent(record)) found.push(record);
        else void this.quietly(this.cloud.remove(key));
      }
    } catch {
      // Telegram's cloud does not answer now; the next launch asks again.
    }
    return found;
  }

  drop(session_id: string): void {
    this.written.delete(PREFIX + session_id);
    void this.quietly(this.cloud.remove(PREFIX + session_id));
  }

  /** Removes all copies. */
  async forget(): Promise<void> {
    if (!this.cloud.available) return;
    this.written.clear();
    await this.quietly(this.cloud.all(PREFIX).then(async (found) => {
      for (const key of found.keys()) await this.cloud.remove(key);
    }));
  }

  private async quietly(work: Promise<void>): Promise<void> {
    await work.catch(() => undefined);
  }
}
