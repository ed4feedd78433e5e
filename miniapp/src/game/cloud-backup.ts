import type { Clock } from "./clock";
import { hasUnsentTaps, isOld, parseRecord, type SessionRecord } from "./session-record";

/** Telegram's cloud storage, or a fake of it. */
export interface Cloud {
  readonly available: boolean;
  set(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
  all(prefix: string): Promise<Map<string, string>>;
}

const PREFIX = "session_";
const WRITE_EVERY_MS = 15_000;

/**
 * Backs unsent taps up to Telegram's cloud: a device may clear the page's local storage, or
 * never come back. Any device may upload such a backup, even while the first one plays on:
 * the count of a session only grows, so nothing counts twice.
 */
export class CloudBackup {
  private written = new Map<string, number>();
  private written_at = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly cloud: Cloud,
    private readonly clock: Clock,
  ) {}

  /** Called for every saved session; writes rarely, and removes what is acknowledged. */
  onSave(record: SessionRecord, immediately: boolean): void {
    if (!this.cloud.available) return;
    const key = PREFIX + record.session_id;
    if (!hasUnsentTaps(record)) {
      if (this.written.delete(key)) void this.ignoreErrors(this.cloud.remove(key));
      return;
    }
    const due = immediately || this.clock.mono() - this.written_at >= WRITE_EVERY_MS;
    if (!due || this.written.get(key) === record.taps) return;
    this.written.set(key, record.taps);
    this.written_at = this.clock.mono();
    void this.ignoreErrors(this.cloud.set(key, JSON.stringify(record)));
  }

  /** Backups that may hold unsent taps; those too old for the server are removed. */
  async load(): Promise<SessionRecord[]> {
    if (!this.cloud.available) return [];
    const found: SessionRecord[] = [];
    try {
      for (const [key, value] of await this.cloud.all(PREFIX)) {
        const record = parseRecord(value);
        if (record && !isOld(record, this.clock) && hasUnsentTaps(record)) found.push(record);
        else void this.ignoreErrors(this.cloud.remove(key));
      }
    } catch {
      // Telegram's cloud is unavailable; the next launch asks again.
    }
    return found;
  }

  remove(session_id: string): void {
    this.written.delete(PREFIX + session_id);
    void this.ignoreErrors(this.cloud.remove(PREFIX + session_id));
  }

  /** Removes all backups. */
  async clear(): Promise<void> {
    if (!this.cloud.available) return;
    this.written.clear();
    await this.ignoreErrors(
      this.cloud.all(PREFIX).then(async (found) => {
        for (const key of found.keys()) await this.cloud.remove(key);
      }),
    );
  }

  private async ignoreErrors(work: Promise<void>): Promise<void> {
    await work.catch(() => undefined);
  }
}
