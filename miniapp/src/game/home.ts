import type { Claim } from "./claims";
import type { Clock } from "./clock";
import type { SessionRecord } from "./counter";
import type { SessionHome } from "./ports";

/** A session is used on for a day; then, once all is acknowledged, a new one follows. */
export const SESSION_LIFE_MS = 24 * 3600_000;

const BURST = 450;
const PER_S = 25;

export interface KeyValueStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  key(index: number): string | null;
  readonly length: number;
}

export interface HomeParts {
  store: KeyValueStore;
  clock: Clock;
  newId: () => string;
  claim: Claim;
  /** Whose sessions: one device may have several players. */
  owner: string;
  /** Told of every session that is stored: another home may want a copy. */
  onSave?: (record: SessionRecord) => void;
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

export function unsent(record: SessionRecord): boolean {
  return record.taps > record.watermark;
}

/** Sessions in local storage: each page owns one of them, by a lock. */
export class StoredSessions implements SessionHome {
  private readonly own = new Set<string>();

  constructor(private readonly parts: HomeParts) {}

  async claim(): Promise<SessionRecord> {
    this.tidy();
    for (const record of this.records()) {
      // Read anew: its last owner may have written between our reading and its end.
      if (await this.mine(record)) return this.read(record.session_id) ?? record;
    }
    return this.fresh(this.lastClicks());
  }

  /** Stored sessions with unsent taps which no living page plays; owned from now on. */
  async orphans(): Promise<SessionRecord[]> {
    const found: SessionRecord[] = [];
    for (const record of this.records()) {
      if (!unsent(record) || this.isOld(record)) continue; // Old ones wait for `claim`.
      if (!this.own.has(record.session_id) && (await this.mine(record))) {
        found.push(this.read(record.session_id) ?? record);
      }
    }
    return found;
  }

  isOld(record: SessionRecord): boolean {
    return Math.abs(this.parts.clock.now() - record.created_at_ms) >= SESSION_LIFE_MS;
  }

  async succeed(record: SessionRecord): Promise<SessionRecord> {
    const next = { ...(await this.fresh(record.clicks)), taps: Math.max(0, record.taps - record.watermark) };
    // First the new, then the old: dying in between could count twice, never lose.
    this.write(next);
    this.remove(record.session_id);
    return next;
  }

  save(record: SessionRecord, bucket_level: number): void {
    const bucket = { level: bucket_level, at_ms: this.parts.clock.now() };
    this.write(record);
    this.parts.onSave?.(record);
    this.attempt(() => this.parts.store.setItem(this.key("bucket"), JSON.stringify(bucket)));
  }

  /** Writes a session that this page brings to its end, leaving the pace alone. */
  write(record: SessionRecord): void {
    this.attempt(() => this.parts.store.setItem(this.sessionKey(record.session_id), JSON.stringify(record)));
  }

  remove(session_id: string): void {
    this.attempt(() => this.parts.store.removeItem(this.sessionKey(session_id)));
  }

  /** Forgets all of the player's sessions, those of closed tabs too. */
  forget(): void {
    for (const record of this.records()) this.remove(record.session_id);
    this.attempt(() => this.parts.store.removeItem(this.key("bucket")));
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
    return found.sort((a, b) => Number(unsent(b)) - Number(unsent(a)) || b.updated_at_ms - a.updated_at_ms);
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
    this.own.add(session_id);
    await this.mine(record);
    return record;
  }

  /** Drops what is acknowledged and too old to be played again. */
  private tidy(): void {
    for (const record of this.records()) {
      if (!unsent(record) && this.isOld(record)) this.remove(record.session_id);
    }
  }

  private lastClicks(): number {
    return Math.max(0, ...this.records().map((record) => record.clicks));
  }

  private async mine({ session_id }: SessionRecord): Promise<boolean> {
    const claimed = await this.parts.claim(`tapstack:session:${session_id}`);
    if (claimed) this.own.add(session_id);
    return claimed;
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
