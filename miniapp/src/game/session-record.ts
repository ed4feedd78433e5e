import type { Clock } from "./clock";

/** A session is reused for a day; after that, once everything is acknowledged, a new one follows. */
export const SESSION_LIFE_MS = 24 * 3600_000;

/** What of a session outlives the page. */
export interface SessionRecord {
  session_id: string;
  created_at_ms: number;
  updated_at_ms: number;
  /** Taps of this session so far; never lowered. */
  taps: number;
  /** How many of them the server acknowledged. */
  watermark: number;
  /** The highest count ever sent. */
  sent: number;
  /** The player's clicks at the last acknowledgement. */
  clicks: number;
}

/** Reads a record written by a page, maybe of another version; null for anything that is not one. */
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

export function hasUnsentTaps(record: SessionRecord): boolean {
  return record.taps > record.watermark;
}

/** Whether the session is past its life; a clock that was set back ages it, too. */
export function isOld(record: SessionRecord, clock: Clock): boolean {
  return Math.abs(clock.now() - record.created_at_ms) >= SESSION_LIFE_MS;
}
