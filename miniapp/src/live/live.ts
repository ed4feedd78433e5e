import type { ServerFrame } from "../api/types";
import type { LiveTicket, RoomEntry, RoomView } from "../api/types";
import { backoffMs } from "../game/backoff";
import type { Clock } from "../game/clock";
import { type Own, RoomLog } from "./room-log";

/** What of a WebSocket is used. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onclose: (() => void) | null;
  onmessage: ((event: { data: string }) => void) | null;
}

export interface LiveParts {
  /** A fresh ticket; null where there is no WebSocket or nobody is signed in. */
  ticket(): Promise<LiveTicket | null>;
  open(url: string): Socket;
  read(room: string, epoch: string, after: number): Promise<RoomView | null>;
  clock: Clock;
  random(): number;
}

export type RoomState = { log: RoomLog; online: number; failure: unknown };

interface Entered {
  log: RoomLog;
  show(state: RoomState): void;
  online: number;
  /** The room pushes to this page, as far as it knows. */
  is_in: boolean;
  is_reading: boolean;
  /** Something was missed while it was read. */
  reads_again: boolean;
}

export const POLL_MS = 5_000;
export const PING_MS = 60_000;
/** After a restart all come back at once, and so many a second are let in: whoever is not tries again soon. */
const SOON = { base_ms: 1_000, cap_ms: 12_000 };
/** Where there is no WebSocket for longer, or none at all: reading goes on meanwhile. */
const LATER = { base_ms: 1_000, cap_ms: 60_000 };
const SOON_ATTEMPTS = 12;

/** Rooms over one WebSocket, which is there while somebody is in a room; by reading them again and again without one. */
export class Live {
  private readonly rooms = new Map<string, Entered>();
  private readonly own = new Map<string, Own[]>();
  private socket: Socket | null = null;
  private is_open = false;
  private failures = 0;
  private turns = 0;
  private stopTimer: (() => void) | null = null;
  private stopPoll: (() => void) | null = null;

  constructor(private readonly parts: LiveParts) {}

  /**
   * Enters a room, and shows it now and whenever something happens; the returned function leaves it, unless the room has
   * been entered anew meanwhile.
   */
  enter(room: string, show: Entered["show"]): () => void {
    const log = new RoomLog(this.own.get(room));
    const entered = { log, show, online: 0, is_in: false, is_reading: false, reads_again: false };
    this.rooms.set(room, entered);
    void this.read(room);
    if (this.is_open) this.sendEnter(room);
    else if (!this.socket && !this.stopTimer) void this.connect();
    this.stopPoll ??= this.poll();
    return () => {
      if (this.rooms.get(room) !== entered) return;
      this.rooms.delete(room);
      this.own.set(room, log.own);
      if (this.is_open) this.send({ type: "leave", room });
      if (this.rooms.size === 0) this.close();
    };
  }

  /** Reads a room now. */
  async read(room: string): Promise<void> {
    const entered = this.rooms.get(room);
    if (!entered) return;
    if (entered.is_reading) {
      entered.reads_again = true;
      return;
    }
    entered.is_reading = true;
    try {
      const view = await this.parts.read(room, entered.log.epoch, entered.log.seq);
      if (view) this.took(entered, view);
    } catch (error) {
      this.shown(entered, error);
    } finally {
      entered.is_reading = false;
    }
    if (entered.reads_again) {
      entered.reads_again = false;
      void this.read(room);
    }
  }

  /** Shows what this page has said, as the room brings it or as it was said: without waiting for a push. */
  async said(room: string, entry: RoomEntry): Promise<void> {
    this.rooms.get(room)?.log.said(entry);
    await this.read(room);
  }

  private took(entered: Entered, view: RoomView): void {
    entered.log.take(view);
    entered.online = view.online;
    this.shown(entered, null);
  }

  private shown(entered: Entered, failure: unknown): void {
    entered.show({ log: entered.log, online: entered.online, failure });
  }

  /** Reads the rooms that push nothing: there is no WebSocket, they are full, or the answer to `enter` was lost. */
  private poll(): () => void {
    const { clock, random } = this.parts;
    let polls = 0;
    const next = (): (() => void) =>
      clock.after(POLL_MS * (0.8 + 0.4 * random()), () => {
        polls += 1;
        for (const [room, { is_in }] of this.rooms) {
          if (is_in) continue;
          void this.read(room);
          if (this.is_open) this.sendEnter(room);
        }
        if (this.is_open && polls % (PING_MS / POLL_MS) === 0) this.send({ type: "ping", rooms: [...this.rooms.keys()] });
        this.stopPoll = next();
      });
    return next();
  }

  private async connect(): Promise<void> {
    this.stopTimer?.();
    this.stopTimer = () => undefined;
    const turn = ++this.turns;
    const found = await this.parts.ticket().catch(() => null);
    if (turn !== this.turns) return; // left meanwhile, and perhaps entered anew
    this.stopTimer = null;
    if (this.rooms.size === 0) return;
    if (!found) return this.retry();
    let socket: Socket;
    try {
      socket = this.parts.open(`${found.url}?ticket=${found.ticket}`);
    } catch {
      return this.retry(); // the page's policy allows no such address
    }
    this.socket = socket;
    socket.onopen = () => {
      this.is_open = true;
      for (const room of this.rooms.keys()) this.sendEnter(room);
    };
    socket.onmessage = ({ data }) => this.received(data);
    socket.onclose = () => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.is_open = false;
      for (const entered of this.rooms.values()) entered.is_in = false;
      if (this.rooms.size > 0) this.retry();
    };
  }

  /** Tries again later, at a random moment: after a restart all clients come back. */
  private retry(): void {
    this.failures += 1;
    const rules = this.failures <= SOON_ATTEMPTS ? SOON : LATER;
    this.stopTimer = this.parts.clock.after(backoffMs(this.failures, this.parts.random, 0, rules), () => {
      this.stopTimer = null;
      void this.connect();
    });
  }

  private close(): void {
    this.stopPoll?.();
    this.stopTimer?.();
    this.stopPoll = this.stopTimer = null;
    this.turns += 1;
    const socket = this.socket;
    this.socket = null;
    this.is_open = false;
    socket?.close();
  }

  private send(frame: object): void {
    this.socket?.send(JSON.stringify(frame));
  }

  private sendEnter(room: string): void {
    const log = this.rooms.get(room)?.log;
    if (log) this.send({ type: "enter", room, epoch: log.epoch, after: log.seq });
  }

  private received(text: string): void {
    let frame: ServerFrame;
    try {
      frame = JSON.parse(text) as ServerFrame;
    } catch {
      return;
    }
    if (frame.type === "entered") {
      this.failures = 0;
      const entered = this.rooms.get(frame.view.room);
      if (!entered) return;
      entered.is_in = true;
      this.took(entered, frame.view);
    } else if (frame.type === "happened") {
      const entered = this.rooms.get(frame.room);
      if (!entered) return;
      if (entered.log.push(frame.epoch, frame.entries)) this.shown(entered, null);
      else void this.read(frame.room);
    } else if (frame.type === "pong") this.compare(frame.rooms);
    else if (frame.type === "refused" && frame.room) {
      const entered = this.rooms.get(frame.room);
      if (!entered) return;
      entered.is_in = false;
      void this.read(frame.room);
    }
  }

  /** Catches up with rooms that have gone on without a word, and enters those again that have forgotten this page. */
  private compare(at: { room: string; epoch: string; seq: number; online: number }[]): void {
    for (const [room, entered] of this.rooms) {
      const found = at.find((each) => each.room === room);
      if (found && found.online !== entered.online) {
        entered.online = found.online;
        this.shown(entered, null);
      }
      if (!found) this.sendEnter(room);
      else if (found.epoch !== entered.log.epoch || found.seq > entered.log.seq) void this.read(room);
    }
  }
}
