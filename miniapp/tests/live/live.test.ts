import { beforeEach, describe, expect, it } from "vitest";
import type { RoomEntry, RoomView } from "../../src/api/types";
import { Live, PING_MS, POLL_MS, type RoomState, type Socket } from "../../src/live/live";
import { KEPT, RoomLog } from "../../src/live/room-log";
import { FakeClock, settle } from "../support/fakes";

const ROOM = "lobby:main";
const entry = (seq: number): RoomEntry => ({ seq, at_ms: seq, event: { type: "changed", what: `${seq}` } });
const said = (seq: number, id: string, text = `${seq}`): RoomEntry => {
  return { seq, at_ms: seq, event: { type: "message", by: { id, name: id, title: "" }, text } };
};
const removal = (seq: number, messages: number[]): RoomEntry => ({ seq, at_ms: seq, event: { type: "removed", messages } });

function view(seq: number, entries: RoomEntry[], more: Partial<RoomView> = {}): RoomView {
  return { room: ROOM, epoch: "e1", seq, online: 1, gap: false, entries, ...more };
}

class FakeSocket implements Socket {
  sent: { type: string; [key: string]: unknown }[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  constructor(readonly url: string) {}
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.closed = true;
    this.onclose?.();
  }
  says(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

describe("a room's log", () => {
  it("keeps events once and in order, and notices what is missing", () => {
    const log = new RoomLog();
    log.take(view(2, [entry(1), entry(2)]));
    expect(log.push("e1", [entry(3)])).toBe(true);
    expect(log.push("e1", [entry(3)])).toBe(true);
    expect(log.push("e1", [entry(5)])).toBe(false);
    expect(log.push("e2", [entry(4)])).toBe(false);
    expect(log.entries.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    log.take(view(5, [entry(4), entry(5)]));
    expect(log.entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(log.gap).toBe(false);
  });

  it("shows no more what was removed, also where it comes again", () => {
    const log = new RoomLog();
    log.take(view(2, [entry(1), entry(2)]));
    log.push("e1", [removal(3, [1])]);
    log.take(view(3, [entry(1), entry(2)]));
    expect(log.entries.map(({ seq }) => seq)).toEqual([2, 3]);
  });

  it("shows what it has said where it was said, until the room brings it or removes it", () => {
    const log = new RoomLog();
    const texts = () => log.shown.map(({ event }) => (event.type === "message" ? event.text : event.type));
    log.take(view(2, [said(1, "ada"), said(2, "bob")]));
    log.said(said(3, "ada", "mine"));
    expect(texts()).toEqual(["1", "2", "mine"]);
    expect(log.push("e1", [said(3, "bob")])).toBe(true); // nobody else has heard it: its number is another's
    log.said(said(4, "ada", "mine again"));
    log.take(view(5, [said(5, "bob")]));
    expect(texts()).toEqual(["1", "2", "mine", "3", "mine again", "5"]);
    log.take(view(5, [said(4, "ada")]));
    expect(texts()).toEqual(["1", "2", "mine", "3", "4", "5"]);
    for (let seq = 6; seq < KEPT + 4; seq += 1) log.push("e1", [said(seq, "bob")]);
    expect(texts()).not.toContain("mine again");
    log.push("e1", [removal(KEPT + 4, [3])]);
    expect(texts()).not.toContain("mine");
    log.said(said(KEPT + 5, "ada"));
    log.take(view(1, [said(1, "bob")], { epoch: "e2", gap: true }));
    expect(texts()).toEqual(["1"]);
  });

  it("begins again with a room that has, and says so", () => {
    const log = new RoomLog();
    log.take(view(2, [entry(1), entry(2)]));
    log.take(view(1, [entry(1)], { epoch: "e2", gap: true }));
    expect([log.seq, log.gap, log.entries.length]).toEqual([1, true, 1]);
  });

  it("notices a room that has fewer numbers than it had", () => {
    const log = new RoomLog();
    log.take(view(3, [entry(1), entry(2), entry(3)]));
    expect(log.push("e1", [{ ...entry(3), at_ms: 30 }])).toBe(false);
    log.take(view(2, [entry(1)], { gap: false })); // read before the last was pushed
    expect([log.seq, log.gap]).toEqual([3, false]);
    log.take(view(2, [], { gap: true }));
    expect([log.seq, log.gap]).toEqual([2, true]);
    expect(log.push("e1", [{ ...entry(3), at_ms: 30 }])).toBe(true);
  });
});

describe("live events", () => {
  let clock: FakeClock;
  let sockets: FakeSocket[];
  let room: RoomEntry[];
  let epoch: string;
  let reads: number;
  let has_socket: boolean;
  let live: Live;
  let shown: RoomState | null;
  const show = (state: RoomState) => (shown = state);
  const numbers = () => shown?.log.entries.map(({ seq }) => seq);

  beforeEach(() => {
    clock = new FakeClock();
    [sockets, room, epoch, reads, has_socket, shown] = [[], [], "e1", 0, true, null];
    live = new Live({
      ticket: async () => (has_socket ? { url: "wss://x/live", ticket: "t" } : null),
      open(url) {
        const socket = new FakeSocket(url);
        sockets.push(socket);
        return socket;
      },
      async read(name, known, after) {
        reads += 1;
        const since = known === epoch ? after : 0;
        return { room: name, epoch, seq: room.length, online: 1, gap: false, entries: room.filter(({ seq }) => seq > since) };
      },
      clock,
      random: () => 0.5,
    });
  });

  const last = () => sockets.at(-1) as FakeSocket;

  it("shows what is pushed, and reads what was missed", async () => {
    room.push(entry(1));
    live.enter(ROOM, show);
    await settle();
    expect(numbers()).toEqual([1]);
    expect(last().url).toBe("wss://x/live?ticket=t");
    last().onopen?.();
    expect(last().sent).toEqual([{ type: "enter", room: ROOM, epoch: "e1", after: 1 }]);
    last().says({ type: "entered", view: view(1, []) });
    last().says({ type: "happened", room: ROOM, epoch: "e1", entries: [entry(2)] });
    expect(numbers()).toEqual([1, 2]);
    room.push(entry(2), entry(3), entry(4));
    last().says({ type: "happened", room: ROOM, epoch: "e1", entries: [entry(4)] });
    await settle();
    expect(numbers()).toEqual([1, 2, 3, 4]);
  });

  it("shows what it has said once, and without the room where that does not bring it", async () => {
    has_socket = false;
    const leave = live.enter(ROOM, show);
    await settle();
    const messages = () => shown?.log.shown.map(({ seq, event }) => [seq, event.type === "message" && event.text]);
    room.push(said(1, "ada", "as the room has it"));
    await live.said(ROOM, said(1, "ada", "as it was said"));
    expect(messages()).toEqual([[1, "as the room has it"]]);
    await live.said(ROOM, said(2, "ada", "as it was said"));
    expect(messages()).toEqual([[1, "as the room has it"], [2, "as it was said"]]);
    leave();
    live.enter(ROOM, show);
    await settle();
    expect(messages()).toEqual([[1, "as the room has it"], [2, "as it was said"]]);
  });

  it("stays in a room that was entered anew before it was left", async () => {
    const leave = live.enter(ROOM, () => undefined);
    live.enter(ROOM, show); // as where a player is signed in while the page is still loading this
    leave();
    await settle();
    last().onopen?.();
    expect(last().sent.map(({ type }) => type)).toEqual(["enter"]);
    room.push(entry(1));
    last().says({ type: "happened", room: ROOM, epoch: "e1", entries: [entry(1)] });
    expect(numbers()).toEqual([1]);
  });

  it("reads again and again without a WebSocket", async () => {
    has_socket = false;
    live.enter(ROOM, show);
    await settle();
    room.push(entry(1));
    await clock.pass(POLL_MS * 1.2);
    expect(numbers()).toEqual([1]);
    expect(sockets).toEqual([]);
    has_socket = true;
    await clock.pass(60_000);
    expect(sockets.length).toBe(1);
  });

  it("reads a room that does not answer, or is full, and enters it again", async () => {
    live.enter(ROOM, show);
    await settle();
    last().onopen?.();
    room.push(entry(1));
    await clock.pass(POLL_MS * 1.2);
    expect(numbers()).toEqual([1]);
    expect(last().sent.at(-1)).toMatchObject({ type: "enter", room: ROOM });
    last().says({ type: "entered", view: view(1, room) });
    const before = reads;
    await clock.pass(POLL_MS * 3);
    expect(reads).toBe(before);
    last().says({ type: "refused", code: "room_full", message: "", room: ROOM });
    room.push(entry(2));
    await clock.pass(POLL_MS * 1.2);
    expect(numbers()).toEqual([1, 2]);
  });

  it("reads once more what was pushed while it read", async () => {
    live.enter(ROOM, show);
    await settle();
    last().onopen?.();
    last().says({ type: "entered", view: view(0, []) });
    room.push(entry(1), entry(2));
    last().says({ type: "happened", room: ROOM, epoch: "e1", entries: [entry(2)] });
    room = [...room, entry(3), entry(4)];
    last().says({ type: "happened", room: ROOM, epoch: "e1", entries: [entry(4)] });
    await settle();
    expect(numbers()).toEqual([1, 2, 3, 4]);
  });

  it("comes back after a lost connection, later and later, and knows where it was", async () => {
    live.enter(ROOM, show);
    await settle();
    for (let attempt = 1; attempt <= 4; attempt++) {
      last().onclose?.();
      await clock.pass(30_000);
    }
    expect(sockets.length).toBe(5);
    room.push(entry(1), entry(2));
    last().onopen?.();
    last().says({ type: "entered", view: view(2, room) });
    expect(numbers()).toEqual([1, 2]);
    const before = reads;
    await clock.pass(POLL_MS * 3);
    expect(reads).toBe(before);
  });

  it("tries soon after a restart, and once a minute where there is no WebSocket for long", async () => {
    has_socket = false;
    live.enter(ROOM, show);
    await settle();
    has_socket = true;
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 16; attempt++) {
      const before = sockets.length;
      let waited = 0;
      for (; sockets.length === before; waited += 500) await clock.pass(500);
      waits.push(waited);
      last().onclose?.();
    }
    expect(Math.max(...waits.slice(0, 12))).toBeLessThanOrEqual(12_000);
    expect(Math.min(...waits.slice(12))).toBeGreaterThanOrEqual(30_000);
  });

  it("asks each minute whether it has missed something", async () => {
    live.enter(ROOM, show);
    await settle();
    last().onopen?.();
    last().says({ type: "entered", view: view(0, []) });
    await clock.pass(PING_MS + POLL_MS);
    expect(last().sent.at(-1)).toEqual({ type: "ping", rooms: [ROOM] });
    [epoch, room] = ["e2", [entry(1)]];
    last().says({ type: "pong", rooms: [{ room: ROOM, epoch, seq: 1, online: 1 }] });
    await settle();
    expect([numbers(), shown?.log.gap]).toEqual([[1], true]);
    last().says({ type: "pong", rooms: [{ room: ROOM, epoch, seq: 1, online: 7 }] });
    expect(shown?.online).toBe(7);
    last().says({ type: "pong", rooms: [] });
    expect(last().sent.at(-1)).toEqual({ type: "enter", room: ROOM, epoch: "e2", after: 1 });
  });

  it("closes with its last room and asks nothing more", async () => {
    const leave = live.enter(ROOM, show);
    await settle();
    last().onopen?.();
    leave();
    expect(last().closed).toBe(true);
    const before = reads;
    await clock.pass(120_000);
    expect([reads, sockets.length]).toEqual([before, 1]);
  });

  it("is not disturbed by what it does not know", async () => {
    live.enter(ROOM, show);
    await settle();
    last().onmessage?.({ data: "no JSON" });
    last().says({ message: "Too Many Requests" });
    last().says({ type: "of tomorrow" });
    expect(shown?.failure).toBe(null);
  });
});
