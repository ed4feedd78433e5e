import type { RoomEntry, RoomView } from "../api/types";

export const KEPT = 200;

/** What a page has said and no read has brought yet; `after` is the latest event that was there by then. */
export type Own = { entry: RoomEntry; after: number };

/** What a page knows of a room: events by number, without doubles and in order, and whether some are missing. */
export class RoomLog {
  epoch = "";
  entries: RoomEntry[] = [];
  /** Something before `entries` was missed for good. */
  gap = false;
  private removed = new Set<number>();

  /** The latest number up to which nothing is missing. */
  seq = 0;

  constructor(public own: Own[] = []) {}

  /** Takes all that a read or an entry has brought. */
  take(view: RoomView): void {
    const is_rewound = view.gap && view.seq < this.seq; // Redis came back with less than it had
    if (view.epoch !== this.epoch || is_rewound) {
      this.gap = this.epoch !== "";
      this.epoch = view.epoch;
      this.seq = 0;
      this.entries = [];
      this.removed.clear();
      if (this.gap) this.own = [];
    } else if (view.gap) this.gap = true;
    this.seq = Math.max(this.seq, view.seq); // what was pushed meanwhile stays
    this.add(view.entries);
  }

  /** Takes what was pushed; false where something before it is missing, or the room has begun again. */
  push(epoch: string, entries: RoomEntry[]): boolean {
    const fresh = entries.filter((entry) => entry.seq > this.seq).sort((a, b) => a.seq - b.seq);
    if (entries.some(({ seq, at_ms }) => this.entries.some((known) => known.seq === seq && known.at_ms !== at_ms))) return false;
    if (epoch !== this.epoch || (fresh[0] && fresh[0].seq !== this.seq + 1)) return false;
    this.seq = fresh.at(-1)?.seq ?? this.seq;
    this.add(fresh);
    return true;
  }

  /** Takes what this page has said, by the number that was answered: it is shown until the room brings it. */
  said(entry: RoomEntry): void {
    this.own = [...this.own, { entry, after: this.seq }].slice(-KEPT);
    this.dropKnown();
  }

  /** All that there is to show, in order. */
  get shown(): RoomEntry[] {
    return [...this.entries.map((entry) => ({ entry, after: entry.seq })), ...this.own]
      .sort((a, b) => a.after - b.after) // which keeps the order of those that are alike: the room's first
      .map(({ entry }) => entry);
  }

  private add(entries: RoomEntry[]): void {
    for (const { event } of entries) if (event.type === "removed") event.messages.forEach((seq) => this.removed.add(seq));
    const known = new Map([...this.entries, ...entries].map((entry) => [entry.seq, entry]));
    this.entries = [...known.values()]
      .filter((entry) => !this.removed.has(entry.seq))
      .sort((a, b) => a.seq - b.seq)
      .slice(-KEPT);
    this.dropKnown();
  }

  /** What the room has brought, or removed, is no longer to come. */
  private dropKnown(): void {
    this.own = this.own.filter(({ entry }) => !this.removed.has(entry.seq) && !this.entries.some((known) => isSame(known, entry)));
  }
}

/** Whether two entries are one message. */
function isSame({ seq, event }: RoomEntry, said: RoomEntry): boolean {
  return seq === said.seq && event.type === "message" && said.event.type === "message" && event.by.id === said.event.by.id;
}
