import type { Newcomer } from "../api/types";
import { FALLBACK_RATE, isRate } from "./allowance";
import type { Clock } from "./clock";
import type { KeyValueStore } from "./key-value-store";
import type { TryLock } from "./page-lock";
import type { SessionStorage } from "./ports";
import { hasUnsentTaps, isOld, parseRecord, type SessionRecord } from "./session-record";
import { refill, type BucketState, type Rate } from "./token-bucket";

export interface LocalSessionStorageParts {
  store: KeyValueStore;
  clock: Clock;
  newId: () => string;
  tryLock: TryLock;
  /** The player's id: several players may share a device. */
  owner: string;
  /** Called with every session that is stored, so that a backup can follow. */
  onSave?: (record: SessionRecord) => void;
}

/** Sessions in local storage; a lock makes sure that only one page plays each of them. */
export class LocalSessionStorage implements SessionStorage {
  private readonly locked = new Set<string>();
  private unstored_rate: Rate | null = null;
  /** Whether the last session that was to be stored is: full or forbidden storage keeps nothing for the next page. */
  written = true;

  constructor(private readonly parts: LocalSessionStorageParts) {}

  async claim(): Promise<SessionRecord> {
    this.removeOld();
    for (const record of this.records()) {
      // Read again: the last owner may have written between our first read and releasing the lock.
      if (await this.lock(record)) return this.read(record.session_id) ?? record;
    }
    return this.create(this.lastClicks());
  }

  /** Stored sessions with unsent taps that no open page plays; locked by this page from now on. */
  async claimOrphaned(): Promise<SessionRecord[]> {
    const found: SessionRecord[] = [];
    for (const record of this.records()) {
      if (!hasUnsentTaps(record) || this.isOld(record)) continue; // `claim` picks up the old ones.
      if (!this.locked.has(record.session_id) && (await this.lock(record))) {
        found.push(this.read(record.session_id) ?? record);
      }
    }
    return found;
  }

  isOld(record: SessionRecord): boolean {
    return isOld(record, this.parts.clock);
  }

  async rotate(record: SessionRecord): Promise<SessionRecord> {
    const next = { ...(await this.create(record.clicks)), taps: Math.max(0, record.taps - record.watermark) };
    // Write the new one before removing the old one: dying in between could count twice, but never lose.
    this.write(next);
    this.remove(record.session_id);
    return next;
  }

  save(record: SessionRecord, { level, rate }: BucketState): void {
    this.write(record);
    this.parts.onSave?.(record);
    this.writeJson("bucket", { level, at_ms: this.parts.clock.now(), ...rate });
  }

  /** Writes a session without touching the bucket: for orphaned sessions. */
  write(record: SessionRecord): void {
    this.written = this.attempt(() => this.parts.store.setItem(this.sessionKey(record.session_id), JSON.stringify(record)));
  }

  remove(session_id: string): void {
    this.attempt(() => this.parts.store.removeItem(this.sessionKey(session_id)));
  }

  /** Removes all of the player's sessions, including those of closed tabs. */
  clear(): void {
    for (const record of this.records()) this.remove(record.session_id);
    for (const name of ["bucket", "rate", "newcomer"]) this.attempt(() => this.parts.store.removeItem(this.key(name)));
  }

  bucket(): BucketState {
    const stored = this.readJson("bucket");
    const rate = rateIn(stored); // Versions before knew the fallback rate only, and did not store it.
    const passed_ms = Math.max(0, this.parts.clock.now() - Number(stored["at_ms"]));
    const level = refill(Number(stored["level"]), passed_ms, rate);
    return { rate, level: Number.isFinite(level) ? level : rate.capacity };
  }

  rate(): Rate {
    return this.unstored_rate ?? rateIn(this.readJson("rate"));
  }

  saveRate({ capacity, per_s }: Rate): void {
    const stored = this.writeJson("rate", { capacity, per_s });
    this.unstored_rate = stored ? null : { capacity, per_s };
  }

  newcomer(): Newcomer {
    const { proposed_username, invited_by } = this.readJson("newcomer");
    return { proposed_username: textOf(proposed_username), invited_by: textOf(invited_by) };
  }

  saveNewcomer(newcomer: Newcomer): void {
    this.writeJson("newcomer", newcomer);
  }

  /** Stored sessions: those with unsent taps first, then the newest. */
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
    return found.sort(
      (a, b) => Number(hasUnsentTaps(b)) - Number(hasUnsentTaps(a)) || b.updated_at_ms - a.updated_at_ms,
    );
  }

  read(session_id: string): SessionRecord | null {
    try {
      return parseRecord(this.parts.store.getItem(this.sessionKey(session_id)));
    } catch {
      return null;
    }
  }

  private async create(clicks: number): Promise<SessionRecord> {
    const now = this.parts.clock.now();
    const session_id = this.parts.newId();
    const record = { session_id, created_at_ms: now, updated_at_ms: now, taps: 0, watermark: 0, sent: 0, clicks };
    this.locked.add(session_id);
    await this.lock(record);
    return record;
  }

  /** Removes sessions that are acknowledged and too old to be played again. */
  private removeOld(): void {
    for (const record of this.records()) {
      if (!hasUnsentTaps(record) && this.isOld(record)) this.remove(record.session_id);
    }
  }

  private lastClicks(): number {
    return Math.max(0, ...this.records().map((record) => record.clicks));
  }

  private async lock({ session_id }: SessionRecord): Promise<boolean> {
    const locked = await this.parts.tryLock(`tapstack:session:${session_id}`);
    if (locked) this.locked.add(session_id);
    return locked;
  }

  private readJson(name: string): Record<string, unknown> {
    try {
      const stored: unknown = JSON.parse(this.parts.store.getItem(this.key(name)) ?? "{}");
      return typeof stored === "object" && stored !== null ? (stored as Record<string, unknown>) : {};
    } catch {
      return {};
    }
  }

  private writeJson(name: string, value: object): boolean {
    return this.attempt(() => this.parts.store.setItem(this.key(name), JSON.stringify(value)));
  }

  private sessionKey(session_id: string): string {
    return this.key(`session:${session_id}`);
  }

  private key(name: string): string {
    return `tapstack:1:${this.parts.owner}:${name}`;
  }

  /** False if storage is full or forbidden: the game then goes on in memory. */
  private attempt(access: () => void): boolean {
    try {
      access();
      return true;
    } catch {
      return false;
    }
  }
}

function textOf(stored: unknown): string | null {
  return typeof stored === "string" ? stored : null;
}

function rateIn({ capacity, per_s }: Record<string, unknown>): Rate {
  return isRate(capacity, per_s) ? { capacity: Number(capacity), per_s: Number(per_s) } : FALLBACK_RATE;
}
