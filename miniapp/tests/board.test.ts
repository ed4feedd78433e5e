import { beforeEach, describe, expect, test } from "vitest";
import { ApiError } from "../src/api/client";
import type { Leaderboard, LeaderboardEntry } from "../src/api/types";
import { BoardKeeper, type BoardState } from "../src/game/board-keeper";
import { Leases } from "../src/game/claims";
import type { SessionRecord } from "../src/game/counter";
import { SecondHome, type Cloud } from "../src/game/second-home";
import { placeOf } from "../src/game/standing";
import { nameProblem } from "../src/game/username";
import { pickLanguage } from "../src/i18n";
import { en } from "../src/i18n/en";
import { ru } from "../src/i18n/ru";
import { prefersFewerEffects } from "../src/ui/settings";
import { FakeClock, FakeStore, settle } from "./fakes";

const entry = (rank: number, id: string, clicks: number): LeaderboardEntry => ({ rank, id, username: null, clicks });

function boardOf(version: number, entries: LeaderboardEntry[] = []): Leaderboard {
  const none = { generated_at_s: 0, total_clicks: 0, total_players: 0, active_players: 0, rebuilding: false };
  return { version, entries, ...none, period: "all", name: null, ends_at_s: null, closed: false };
}

let clock: FakeClock;
beforeEach(() => {
  clock = new FakeClock();
});

test("a board that was asked for too often comes when the server says", async () => {
  const asked_at: number[] = [];
  const keeper = new BoardKeeper({
    clock,
    random: () => 0.5,
    load: async () => {
      asked_at.push(clock.mono());
      throw new ApiError(429, "too_many_requests", "", {}, 60_000);
    },
    loadStanding: async () => null,
    onState: () => undefined,
  });
  keeper.setSeen(true);
  await clock.pass(59_000);
  expect(asked_at.length).toBe(1);
  await clock.pass(3_000);
  expect(asked_at.length).toBe(2);
});

describe("BoardKeeper", () => {
  let asked: (string | null)[];
  let state: BoardState;
  let down: boolean;
  let version: number;
  let keeper: BoardKeeper;

  beforeEach(() => {
    asked = [];
    down = false;
    version = 1;
    keeper = new BoardKeeper({
      clock,
      random: () => 0.5,
      load(_, etag) {
        asked.push(etag);
        if (down) return Promise.reject(new Error("away"));
        const now = `"${version}"`;
        return Promise.resolve({ board: etag === now ? null : boardOf(version), etag: now });
      },
      loadStanding(period) {
        if (period === "all") return Promise.reject(new Error("no session"));
        return Promise.resolve({ rank: 3, clicks: 7, around: [entry(3, period, 7)] });
      },
      onState: (now) => (state = now),
    });
  });

  test("loads nothing that is not seen", async () => {
    keeper.announce(1);
    await clock.pass(60_000);
    expect(asked).toEqual([]);
  });

  test("loads again only when the version changed, and at most every 5 s", async () => {
    keeper.setSeen(true);
    await clock.pass(1000);
    expect(asked).toEqual([null]);
    keeper.announce(1);
    await clock.pass(10_000);
    for (version = 2; version < 12; version++) {
      keeper.announce(version);
      await clock.pass(1000);
    }
    await clock.pass(20_000);
    expect(asked.length).toBeLessThanOrEqual(5);
    expect(asked[1]).toBe('"1"');
    expect(state.board?.version).toBeGreaterThanOrEqual(11);
  });

  test("another period has a standing of its own, and comes at once even while one loads", async () => {
    keeper.setSeen(true);
    keeper.setPeriod("day");
    await clock.pass(1000);
    expect(state.standing?.around[0]?.id).toBe("day");
    keeper.setPeriod("week");
    expect(state.standing).toBeNull();
    keeper.setPeriod("month");
    await clock.pass(100);
    expect([state.period, state.standing?.around[0]?.id]).toEqual(["month", "month"]);
  });

  test("an unchanged board stays", async () => {
    keeper.setSeen(true);
    await clock.pass(6000);
    keeper.announce(99);
    await clock.pass(6000);
    expect(asked).toEqual([null, '"1"']);
    expect(state.board?.version).toBe(1);
  });

  test("a failure is told and mended by itself", async () => {
    down = true;
    keeper.setSeen(true);
    await clock.pass(100);
    expect(state.failed).toBe(true);
    down = false;
    await clock.pass(5000);
    expect(state).toMatchObject({ failed: false, board: { version: 1 } });
  });
});

describe("placeOf", () => {
  const board = boardOf(1, [entry(1, "a", 90), entry(2, "b", 50), entry(2, "me", 50)]);

  test("in the top: how far the next one above is", () => {
    expect(placeOf("me", board, null)).toEqual({ rank: 2, clicks: 50, to_next: 41, in_top: true });
    expect(placeOf("a", board, null)?.to_next).toBeNull();
  });

  test("below it: from the neighbours", () => {
    const around = [entry(56, "x", 12), entry(57, "me", 12)];
    const place = placeOf("me", boardOf(1), { rank: 57, clicks: 12, around });
    expect(place).toEqual({ rank: 57, clicks: 12, to_next: 1, in_top: false });
  });

  test("without taps: none", () => {
    expect(placeOf("me", boardOf(1), { rank: 1, clicks: 0, around: [] })).toBeNull();
  });
});

describe("SecondHome", () => {
  class FakeCloud implements Cloud {
    available = true;
    items = new Map<string, string>();
    writes = 0;
    set = (key: string, value: string) => {
      this.writes += 1;
      this.items.set(key, value);
      return Promise.resolve();
    };
    remove = (key: string) => {
      this.items.delete(key);
      return Promise.resolve();
    };
    all = (prefix: string) =>
      Promise.resolve(new Map([...this.items].filter(([key]) => key.startsWith(prefix))));
  }

  const record = (taps: number, watermark: number): SessionRecord => {
    const now = clock.now();
    return { session_id: "s", taps, watermark, sent: 0, clicks: 0, created_at_ms: now, updated_at_ms: now };
  };

  test("keeps unsent taps, seldom, and drops what is acknowledged", async () => {
    const cloud = new FakeCloud();
    const home = new SecondHome(cloud, clock);
    for (let taps = 1; taps <= 40; taps++) {
      home.saved(record(taps, 0), false);
      await clock.pass(1000);
    }
    expect(cloud.writes).toBe(3);
    home.saved(record(41, 0), true);
    expect(await new SecondHome(cloud, clock).copies()).toMatchObject([{ taps: 41 }]);
    home.saved(record(41, 41), false);
    await settle();
    expect(cloud.items.size).toBe(0);
  });

  test("what is too old, or can't be read, is not brought", async () => {
    const cloud = new FakeCloud();
    new SecondHome(cloud, clock).saved(record(5, 0), true);
    cloud.items.set("session_x", "{");
    clock.wall += 3 * 24 * 3600_000;
    expect(await new SecondHome(cloud, clock).copies()).toEqual([]);
    expect(cloud.items.size).toBe(0);
  });
});

test("leases: one page at a time, until it leaves or dies", async () => {
  const store = new FakeStore();
  const [one, two] = [new Leases(store, clock, "1"), new Leases(store, clock, "2")];
  expect(await one.claim("s")).toBe(true);
  expect(await two.claim("s")).toBe(false);
  await clock.pass(60_000);
  expect(await two.claim("s")).toBe(false);
  one.release();
  expect(await two.claim("s")).toBe(true);
});

test("names", () => {
  expect(["ab", "a".repeat(21), "a b", "имя", "Ann_7"].map(nameProblem)).toEqual([
    "name_short",
    "name_long",
    "name_chars",
    "name_chars",
    null,
  ]);
});

test("languages: every text with every parameter, and the first that is spoken", () => {
  const parameters = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
  for (const key of Object.keys(en) as (keyof typeof en)[]) expect(parameters(ru[key])).toEqual(parameters(en[key]));
  expect(pickLanguage([undefined, "ru-RU", "en"])).toBe("ru");
  expect(pickLanguage(["de", "fr"])).toBe("en");
});

test("slow phones get fewer effects", () => {
  const phone = (kind: string) => `Mozilla/5.0 Telegram-Android/11.3.3 (Xiaomi 21061110AG; Android 13; SDK 33; ${kind})`;
  expect(prefersFewerEffects(false, phone("LOW"))).toBe(true);
  expect(prefersFewerEffects(false, phone("HIGH"))).toBe(false);
  expect(prefersFewerEffects(true, "")).toBe(true);
});
