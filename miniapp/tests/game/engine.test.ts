import { beforeEach, describe, expect, test } from "vitest";
import { ApiError } from "../../src/api/client";
import { drain } from "../../src/game/drain";
import { Engine } from "../../src/game/engine";
import { LocalSessionStorage } from "../../src/game/local-session-storage";
import { hasUnsentTaps, SESSION_LIFE_MS, type SessionRecord } from "../../src/game/session-record";
import type { GameState, Notice } from "../../src/game/state";
import type { Rate } from "../../src/game/token-bucket";
import { FakeClock, FakeLocks, FakeServer, FakeStore, settle } from "../support/fakes";

let clock: FakeClock;
let server: FakeServer;
let store: FakeStore;
let locks: FakeLocks;
let pages = 0;
let ids = 0;

beforeEach(() => {
  clock = new FakeClock();
  server = new FakeServer(clock);
  store = new FakeStore();
  locks = new FakeLocks();
});

interface Page {
  engine: Engine;
  number: number;
  state: GameState;
  notices: Notice[];
}

async function openPage(random: () => number = () => 0.5): Promise<Page> {
  const number = ++pages;
  const storage = new LocalSessionStorage({ store, clock, owner: "1", newId: () => `s${++ids}`, tryLock: locks.page(number) });
  const page = { number, notices: [] as Notice[] } as Page;
  page.engine = new Engine({
    api: server,
    clock,
    random,
    storage,
    init_data: "signed",
    board: { since: () => null, answered: () => undefined },
    onState: (state) => (page.state = state),
    onNotice: (notice) => page.notices.push(notice),
  });
  await page.engine.start();
  await clock.pass(0);
  return page;
}

/** Taps so many times; returns how many of them counted. */
async function tapFor(page: Page, taps: number, every_ms: number): Promise<number> {
  let counted = 0;
  for (let i = 0; i < taps; i++) {
    if (page.engine.tap()) counted += 1;
    await clock.pass(every_ms);
  }
  return counted;
}

function close(page: Page): void {
  page.engine.flushNow();
  page.engine.stop();
  locks.close(page.number);
}

const calls = (name: string) => server.requests.filter((request) => request.call === name);

describe("paid taps", () => {
  test("every answer tells how many there are, and when the energy is full", async () => {
    const page = await openPage();
    expect(page.state.paid).toEqual({ paid_taps: 0, energy: { full: 30, every_ms: 2000 }, full_at: 4000 });
    await tapFor(page, 10, 100);
    await clock.pass(2000);
    expect(page.state.paid?.paid_taps).toBe(10);
    server.paid_taps = 17; // Another device of this player.
    await clock.pass(60_000);
    expect(page.state.paid?.paid_taps).toBe(17);
    expect(page.state.paid?.full_at).toBeGreaterThan(6000);
  });

  test("an older server tells nothing of them", async () => {
    server.paid_taps = null;
    const page = await openPage();
    await tapFor(page, 10, 100);
    expect([page.state.paid, page.state.status]).toEqual([null, "online"]);
  });
});

describe("playing", () => {
  test("taps show at once and arrive in batches at the server's flush interval", async () => {
    const page = await openPage();
    expect(page.state.status).toBe("online");
    await tapFor(page, 50, 100);
    expect(page.state.clicks).toBe(50);
    await clock.pass(2000);
    expect(server.clicks_total).toBe(50);
    expect(page.state.pending).toBe(0);
    expect(calls("clicks").length).toBeLessThanOrEqual(7);
  });

  test("a slower flush interval is followed", async () => {
    server.flush_every_ms = 10_000;
    const page = await openPage();
    await tapFor(page, 100, 300);
    expect(calls("clicks").length).toBeLessThanOrEqual(4);
    await clock.pass(11_000);
    expect(server.clicks_total).toBe(100);
  });

  test("heartbeats are sent only when no clicks were, and not while hidden", async () => {
    const page = await openPage();
    await tapFor(page, 100, 500);
    expect(calls("heartbeat")).toHaveLength(0);
    await clock.pass(65_000);
    expect(calls("heartbeat")).toHaveLength(3);
    page.engine.setVisible(false);
    await clock.pass(120_000);
    expect(calls("heartbeat")).toHaveLength(3);
    page.engine.setVisible(true);
    await clock.pass(1000);
    expect(calls("heartbeat")).toHaveLength(4);
  });

  test("hiding the page sends immediately", async () => {
    const page = await openPage();
    await tapFor(page, 5, 10);
    page.engine.setVisible(false);
    page.engine.flushNow(); // The page hides, then ends: one request does.
    await settle();
    expect(server.clicks_total).toBe(5);
    expect(calls("clicks")).toHaveLength(1);
  });

  test("taps faster than the game counts are rejected on the device", async () => {
    const page = await openPage();
    await tapFor(page, 1000, 10);
    expect(page.state.clicks).toBeLessThan(1000);
    expect(page.engine.allowance.capacity).toBe(450);
    expect(page.engine.allowance.taps).toBeLessThan(2);
    await clock.pass(60_000);
    expect(server.refused).toBe(0);
    expect(server.clicks_total).toBe(page.state.clicks);
    expect(page.state.clicks).toBeGreaterThanOrEqual(690);
  });
});

describe("failures", () => {
  test("offline taps are kept and all credited, never sent faster than the server counts", async () => {
    const page = await openPage();
    server.down = true;
    await tapFor(page, 6000, 100);
    expect(page.state.status).toBe("offline");
    expect(page.state.clicks).toBe(6000);
    server.down = false;
    page.engine.networkRestored();
    await clock.pass(300_000);
    expect(server.refused).toBe(0);
    expect(server.clicks_total).toBe(6000);
    expect(page.state.status).toBe("online");
  });

  test("retries spread out and come back after the outage", async () => {
    const page = await openPage();
    server.down = true;
    await tapFor(page, 1, 60_000);
    expect(calls("clicks").length).toBeLessThanOrEqual(9);
    server.down = false;
    await clock.pass(21_000);
    expect(server.clicks_total).toBe(1);
  });

  test("a lost answer counts nothing twice", async () => {
    const page = await openPage();
    server.faults = ["drop", "drop"];
    await tapFor(page, 20, 100);
    await clock.pass(10_000);
    expect(server.clicks_total).toBe(20);
    expect(page.state.clicks).toBe(20);
  });

  test("a server that lost data gets all taps again", async () => {
    const page = await openPage();
    await tapFor(page, 40, 100);
    await clock.pass(2000);
    server.sync();
    await tapFor(page, 60, 100);
    await clock.pass(2000);
    expect(server.clicks_total).toBe(100);
    server.loseData();
    expect(server.clicks_total).toBe(40);
    await clock.pass(25_000); // The next heartbeat notices.
    expect(server.clicks_total).toBe(100);
    expect(page.state.clicks).toBe(100);
  });

  test("after a 503 the engine waits for Retry-After", async () => {
    const page = await openPage();
    server.faults = [503];
    page.engine.tap();
    await clock.pass(900);
    expect(page.state.status).toBe("offline");
    await clock.pass(3000);
    expect(server.clicks_total).toBe(1);
    expect(page.state.status).toBe("online");
  });
});

describe("sessions", () => {
  test("an expired token reopens the same session", async () => {
    const page = await openPage();
    await tapFor(page, 10, 100);
    await clock.pass(10_000);
    server.expireTokens();
    await tapFor(page, 10, 100);
    await clock.pass(3000);
    expect(server.clicks_total).toBe(20);
    expect(server.sessions.size).toBe(1);
  });

  test("what a newcomer was met with lasts, also where the next page resumes the session", async () => {
    server.newcomer = { proposed_username: "bob", invited_by: "Ada" };
    const page = await openPage();
    await tapFor(page, 3, 100);
    await clock.pass(2000);
    server.expireTokens();
    await tapFor(page, 1, 100);
    await clock.pass(3000);
    expect(page.state.newcomer).toEqual(server.newcomer);
    locks.close(page.number);
    const next = await openPage();
    expect(server.sessions.size).toBe(1);
    expect(next.state.newcomer).toEqual(server.newcomer);
  });

  test("an ended session pauses, and a tap resumes it", async () => {
    const page = await openPage();
    await tapFor(page, 10, 100);
    await clock.pass(2000);
    server.endSessions();
    await clock.pass(25_000);
    expect(page.state.status).toBe("paused");
    await clock.pass(60_000);
    expect(page.state.status).toBe("paused");
    page.engine.tap();
    await clock.pass(3000);
    expect(page.state.status).toBe("online");
    expect(server.clicks_total).toBe(11);
    expect(server.sessions.size).toBe(1);
  });

  test("expired launch data keeps the taps for the next launch", async () => {
    const page = await openPage();
    await clock.pass(10_000);
    server.expireTokens();
    server.init_data_expired = true;
    await tapFor(page, 10, 100);
    await clock.pass(3000);
    expect(page.state.status).toBe("expired");
    close(page);
    server.init_data_expired = false;
    const next = await openPage();
    await clock.pass(2000);
    expect(server.clicks_total).toBe(10);
    expect(next.state.clicks).toBe(10);
  });

  test("a ban ends the tapping, says whom to write to, and is not asked about again", async () => {
    const page = await openPage();
    await clock.pass(10_000);
    server.endSessions();
    server.openSession = () => Promise.reject(new ApiError(403, "banned", "", { contact: "@help" }));
    await tapFor(page, 10, 100);
    await clock.pass(3000);
    expect(page.state).toMatchObject({ status: "expired", reason: "banned", contact: "@help", pending: 10 });
    const requests = server.requests.length;
    await clock.pass(300_000);
    expect(server.requests).toHaveLength(requests);
  });

  test("a player erased on another device sends no more requests", async () => {
    const page = await openPage();
    await clock.pass(1000);
    server.clicks = () => Promise.reject(new ApiError(404, "player_unknown", ""));
    await tapFor(page, 3, 100);
    await clock.pass(3000);
    expect([page.state.status, page.state.reason]).toEqual(["expired", "player_unknown"]);
    const asked = server.requests.length;
    await clock.pass(600_000);
    expect(server.requests.length).toBe(asked);
  });

  test("a reload in the middle of a burst loses nothing", async () => {
    let page = await openPage();
    for (let i = 0; i < 5; i++) {
      await tapFor(page, 33, 60);
      close(page);
      page = await openPage();
    }
    await clock.pass(5000);
    expect(server.clicks_total).toBe(165);
    expect(page.state.clicks).toBe(165);
    expect(server.sessions.size).toBe(1);
  });

  test("two tabs play two sessions of one player", async () => {
    const one = await openPage();
    const two = await openPage();
    await tapFor(one, 20, 100);
    await tapFor(two, 30, 100);
    await clock.pass(45_000);
    expect(server.sessions.size).toBe(2);
    expect(server.clicks_total).toBe(50);
    expect(one.state.clicks).toBe(50);
    expect(two.state.clicks).toBe(50);
  });

  test("an old session is rotated, and the new one carries its unsent taps", async () => {
    const page = await openPage();
    await tapFor(page, 10, 100);
    await clock.pass(3000);
    server.down = true;
    await tapFor(page, 7, 100);
    close(page);
    server.down = false;
    clock.wall += 3 * SESSION_LIFE_MS;
    server.sessions.clear(); // Forgotten meanwhile.
    const next = await openPage();
    await clock.pass(3000);
    expect(server.clicks_total).toBe(17);
    expect(next.state.clicks).toBe(17);
  });

  test("another tab uploads the unsent taps of a closed one", async () => {
    const one = await openPage();
    const two = await openPage();
    server.down = true;
    await tapFor(two, 600, 40);
    close(two);
    server.down = false;
    await clock.pass(20_000);
    const storage = new LocalSessionStorage({ store, clock, owner: "1", newId: () => "never", tryLock: locks.page(one.number) });
    const orphaned = await storage.claimOrphaned();
    expect(orphaned.map((record) => record.taps)).toEqual([600]);
    const bucket = one.engine.send_bucket;
    const setRate = (rate: Rate) => one.engine.setRate(rate);
    const onProgress = (record: SessionRecord) => storage.write(record);
    void drain(orphaned[0]!, { api: server, clock, init_data: "signed", bucket, setRate, onProgress });
    await tapFor(one, 200, 100);
    await clock.pass(60_000);
    expect(server.refused).toBe(0);
    expect(server.clicks_total).toBe(800);
    expect(one.state.clicks).toBe(800);
    expect(storage.records().some(hasUnsentTaps)).toBe(false);
  });
});

describe("the allowance", () => {
  test("a slower server than ever before: all taps shown as counted arrive, and none is refused", async () => {
    server.setTapsPerSecond(5);
    const page = await openPage();
    await tapFor(page, 600, 50);
    expect(page.state.clicks).toBeLessThan(600);
    expect(page.state.taps_per_s).toBe(5);
    const shown = page.state.clicks;
    expect(shown).toBeLessThan(90 + 5 * 32);
    await clock.pass(120_000);
    expect([server.refused, server.clicks_total, page.state.clicks]).toEqual([0, shown, shown]);
  });

  test("a faster server is used to the full", async () => {
    server.setTapsPerSecond(50);
    const page = await openPage();
    await tapFor(page, 1500, 22);
    await clock.pass(10_000);
    expect([server.refused, server.clicks_total]).toEqual([0, 1500]);
  });

  test("taps made before the first answer wait for the server's rate", async () => {
    server.setTapsPerSecond(2);
    server.down = true;
    const page = await openPage();
    await tapFor(page, 400, 10);
    expect(page.state.clicks).toBe(400);
    server.down = false;
    page.engine.networkRestored();
    await clock.pass(300_000);
    expect([server.refused, server.clicks_total]).toEqual([0, 400]);
  });

  test.each([1, 5, 24, 100])("the rate becomes %i a second between two sessions: no tap is refused", async (per_s) => {
    let page = await openPage();
    await tapFor(page, 300, 20);
    server.faults = ["lose", "lose", "lose"];
    await tapFor(page, 100, 20);
    close(page);
    await settle();
    const shown = page.state.clicks;
    server.setTapsPerSecond(per_s);
    page = await openPage();
    await tapFor(page, 50, 100);
    await clock.pass(600_000);
    expect([server.refused, server.clicks_total]).toEqual([0, page.state.clicks]);
    expect(page.state.clicks).toBeGreaterThan(shown);
  });

  test("the rate falls while a session is open: the first refusal opens it again, and it is the last", async () => {
    const page = await openPage();
    await tapFor(page, 10, 100);
    await clock.pass(120_000);
    server.setTapsPerSecond(5);
    await tapFor(page, 450, 10);
    await clock.pass(5000);
    const { refused } = server;
    expect(refused).toBeGreaterThan(0); // The page could not know.
    await tapFor(page, 300, 50);
    await clock.pass(120_000);
    expect(server.refused).toBe(refused);
    expect(server.clicks_total).toBe(page.state.clicks);
  });

  test("a tab that opened its session before follows the rate published to another one", async () => {
    const one = await openPage();
    await clock.pass(60_000);
    server.setTapsPerSecond(5);
    const two = await openPage();
    const counted = (await tapFor(one, 200, 20)) + (await tapFor(two, 50, 20));
    await clock.pass(120_000);
    expect([one.state.taps_per_s, server.refused, server.clicks_total]).toEqual([5, 0, counted]);
  });

  test("a server that does not publish it grants 25 a second", async () => {
    server.publishes_allowance = false;
    const page = await openPage();
    await tapFor(page, 1000, 10);
    await clock.pass(60_000);
    expect([server.refused, page.state.taps_per_s]).toEqual([0, 25]);
    expect(server.clicks_total).toBeGreaterThanOrEqual(690);
  });
});

/** A small fast generator with a seed, so that a failure can be run again. */
function randomOf(seed: number): () => number {
  return () => {
    seed = (seed * 1664525 + 1013904223) % 2 ** 32;
    return seed / 2 ** 32;
  };
}

describe.each(Array.from({ length: 200 }, (_, seed) => seed))("whatever happens (seed %i)", (seed) => {
  test("no tap is lost and none counts twice", async () => {
    const random = randomOf(seed + 1);
    server.latency_ms = Math.floor(random() * 800);
    let page = await openPage(random);
    let made = 0;
    for (let step = 0; step < 40; step++) {
      const taps = Math.floor(random() * 40);
      for (let i = 0; i < taps; i++) {
        if (page.engine.tap()) made += 1;
        await clock.pass(40 + random() * 200);
      }
      const what = Math.floor(random() * 10);
      if (what === 0) server.down = !server.down;
      if (what === 1) server.faults.push("drop", "lose");
      if (what === 2) server.endSessions();
      if (what === 3) server.expireTokens();
      if (what === 5) server.loseData(server.burst / 10);
      if (what === 6) server.faults.push(503, 429);
      if (what === 7) page.engine.setVisible(false);
      if (what === 8) page.engine.setVisible(true);
      if (what === 9) {
        close(page);
        await clock.pass(1000); // Whatever it sent arrives at the old rate.
        if (seed % 2 === 0) server.setTapsPerSecond([3, 25, 60][Math.floor(random() * 3)] as number);
        page = await openPage(random);
      }
      if (what === 4) await clock.pass(random() * 60_000);
    }
    server.down = false;
    server.faults = [];
    page.engine.setVisible(true);
    page.engine.networkRestored();
    if (page.engine.tap()) made += 1; // Resumes where it was paused.
    await clock.pass(600_000);
    expect(server.refused).toBe(0);
    expect(server.clicks_total).toBe(made);
    expect(page.state).toMatchObject({ clicks: made, pending: 0, status: "online" });
  });
});
