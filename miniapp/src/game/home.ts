import type { Clock } from "./clock";
import type { SessionRecord } from "./counter";
import type { SessionHome } from "./engine";

/** A session is used on for a day; then, once all is acknowledged, a new one follows. */
export const SESSION_LIFE_MS = 24 * 3600_000;
/** Past this the server may have forgotten the session, and would count all of it again. */
export const SESSION_FORGOTTEN_MS = 48 * 3600_000;

const BURST = 450;
const PER_S = 25;

export interface KeyValueStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  key(index: number): string | null;
  readonly length: number;
}

/** Takes an exclusive claim on a name until the page ends; false where another page has it. */
export type Claim = (name: string) => Promise<boolean>;

export interface HomeParts {
  store: KeyValueStore;
  clock: Clock;
  newId: () => string;
  claim: Claim;
  /** Whose sessions: one device may have several players. */
  owner: string;
}

/** Reads a record that a page, maybe of another version, once wrote. */
export function parseRecord(text: string | null): SessionRecord | null {
  try {
    const raw = JSON.parse(text ?? "null") as Partial<SessionRecord> | null;
    if (!raw || typeof raw.session_id !== "string") return null;
    const numbers = [raw.taps, raw.watermark, raw.sent, raw.clicks, raw.created_at_ms, raw.updated_at_ms];
    return numbers.every((n) => Number.isSafeInteger(n) && (n as number) >= 0) ? (raw as SessionRecord) : null;
  } catch {
    return null;
  }
}

/** Sessions in local storage: each page owns one of them, by a lock. */
export class StoredSessions implements SessionHome {
  constructor(private readonly parts: HomeParts) {}

  async claim(): Promise<SessionRecord> {
    for (const record of this.records()) {
      if (await this.parts.claim(this.lockName(record))) {
        // Read anew: its last owner may have written between our reading and its end.
        const latest = this.read(record.session_id) ?? record;
        return (await this.successor(latest)) ?? latest;
      }
    }
    return this.fresh(this.lastClicks());
  }

  async successor(record: SessionRecord): Promise<SessionRecord | null> {
    const age_ms = Math.abs(this.parts.clock.now() - record.created_at_ms);
    const pending = record.taps - record.watermark;
    if (age_ms < SESSION_LIFE_MS) return null;
    if (pending > 0 && age_ms < SESSION_FORGOTTEN_MS) return null;
    const next = await this.fresh(record.clicks);
    this.attempt(() => this.parts.store.removeItem(this.sessionKey(record.session_id)));
    return { ...next, taps: Math.max(0, pending) };
  }

  save(record: SessionRecord, bucket_level: number): void {
    const bucket = { level: bucket_level, at_ms: this.parts.clock.now() };
    this.attempt(() => {
      this.parts.store.setItem(this.sessionKey(record.session_id), JSON.stringify(record));
      this.parts.store.setItem(this.key("bucket"), JSON.stringify(bucket));
    });
  }

  bucketLevel(): number {
    try {
      const raw = JSON.parse(this.parts.store.getItem(this.key("bucket")) ?? "") as { level: number; at_ms: number };
      const passed_ms = Math.max(0, this.parts.clock.now() - raw.at_ms);
      const level = raw.level + (passed_ms * PER_S) / 1000;
      return Number.isFinite(level) ? Math.max(0, Math.min(BURST, level)) : BURST;
    } catch {
      return BURST;
    }
  }

  /** Stored sessions, those with unsent taps first, then the newest. */
  records(): SessionRecord[] {
    const prefix = this.sessionKey("");
    const found: SessionRecord[] = [];
    this.attempt(() => {
      const { store } = this.parts;
      const keys = Array.from({ length: store.length }, (_, i) => store.key(i) ?? "");
      for (const key of keys.filter((k) => k.startsWith(prefix))) {
        const record = parseRecord(store.getItem(key));
        if (record) found.push(record);
      }
    });
    const unsent = (r: SessionRecord) => (r.taps > r.watermark ? 1 : 0);
    return found.sort((a, b) => unsent(b) - unsent(a) || b.updated_at_ms - a.updated_at_ms);
  }

  read(session_id: string): SessionRecord | null {
    try {
      return parseRecord(this.parts.store.getItem(this.sessionKey(session_id)));
    } catch {
      return null;
    }
  }

  private async fresh(clicks: number): Promise<SessionRecord> {
    const now = this.parts.clock.now();
    const session_id = this.parts.newId();
    const record = { session_id, created_at_ms: now, updated_at_ms: now, taps: 0, watermark: 0, sent: 0, clicks };
    await this.parts.claim(this.lockName(record));
    return record;
  }

  private lastClicks(): number {
    return Math.max(0, ...this.records().map((record) => record.clicks));
  }

  private lockName(record: Pick<SessionRecord, "session_id">): string {
    return `tapstack:session:${record.session_id}`;
  }

  private sessionKey(session_id: string): string {
    return this.key(`session:${session_id}`);
  }

  private key(name: string): string {
    return `tapstack:1:${this.parts.owner}:${name}`;
  }

  private attempt(write: () => void): void {
    try {
      write();
    } catch {
      // Storage may be full or forbidden: the game plays on from memory.
    }
  }
}

/** Claims by the Web Locks API: held until the page ends, also when it crashes. */
export function lockClaim(locks: LockManager | undefined): Claim {
  if (!locks) return () => Promise.resolve(false);
  return (name) =>
    new Promise((resolve) => {
      locks
        .request(name, { ifAvailable: true }, (lock) => {
          resolve(lock !== null);
          return lock === null ? undefined : new Promise<void>(() => undefined);
        })
        .catch(() => resolve(false));
    });
}
