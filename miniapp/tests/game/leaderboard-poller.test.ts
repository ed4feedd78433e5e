import { beforeEach, describe, expect, test } from "vitest";
import { ApiError } from "../../src/api/client";
import { LeaderboardPoller, type LeaderboardState } from "../../src/game/leaderboard-poller";
import { FakeClock } from "../support/fakes";
import { entryOf, leaderboardOf } from "../support/leaderboards";

let clock: FakeClock;
beforeEach(() => {
  clock = new FakeClock();
});

test("a leaderboard requested too often is loaded when Retry-After says", async () => {
  const asked_at: number[] = [];
  const poller = new LeaderboardPoller({
    clock,
    random: () => 0.5,
    load: async () => {
      asked_at.push(clock.mono());
      throw new ApiError(429, "too_many_requests", "", {}, 60_000);
    },
    loadRank: async () => null,
    onState: () => undefined,
  });
  poller.setOnScreen(true);
  await clock.pass(59_000);
  expect(asked_at.length).toBe(1);
  await clock.pass(3_000);
  expect(asked_at.length).toBe(2);
});

describe("LeaderboardPoller", () => {
  let asked: (string | null)[];
  let state: LeaderboardState;
  let down: boolean;
  let version: number;
  let poller: LeaderboardPoller;

  beforeEach(() => {
    asked = [];
    down = false;
    version = 1;
    poller = new LeaderboardPoller({
      clock,
      random: () => 0.5,
      load(_, etag) {
        asked.push(etag);
        if (down) return Promise.reject(new Error("unavailable"));
        const now = `"${version}"`;
        return Promise.resolve({ leaderboard: etag === now ? null : leaderboardOf(version), etag: now });
      },
      loadRank(period) {
        if (period === "all") return Promise.reject(new Error("no session"));
        return Promise.resolve({ rank: 3, clicks: 7, around: [entryOf(3, period, 7)] });
      },
      onState: (now) => (state = now),
    });
  });

  test("loads nothing while it is off the screen", async () => {
    poller.setLatestVersion(1);
    await clock.pass(60_000);
    expect(asked).toEqual([]);
  });

  test("loads again only when the version changed, and at most every 5 s", async () => {
    poller.setOnScreen(true);
    await clock.pass(1000);
    expect(asked).toEqual([null]);
    poller.setLatestVersion(1);
    await clock.pass(10_000);
    for (version = 2; version < 12; version++) {
      poller.setLatestVersion(version);
      await clock.pass(1000);
    }
    await clock.pass(20_000);
    expect(asked.length).toBeLessThanOrEqual(5);
    expect(asked[1]).toBe('"1"');
    expect(state.leaderboard?.version).toBeGreaterThanOrEqual(11);
  });

  test("another period has its own rank, and loads at once even while another one is loading", async () => {
    poller.setOnScreen(true);
    poller.setPeriod("day");
    await clock.pass(1000);
    expect(state.rank?.around[0]?.id).toBe("day");
    poller.setPeriod("week");
    expect(state.rank).toBeNull();
    poller.setPeriod("month");
    await clock.pass(100);
    expect([state.period, state.rank?.around[0]?.id]).toEqual(["month", "month"]);
  });

  test("an unchanged leaderboard stays", async () => {
    poller.setOnScreen(true);
    await clock.pass(6000);
    poller.setLatestVersion(99);
    await clock.pass(6000);
    expect(asked).toEqual([null, '"1"']);
    expect(state.leaderboard?.version).toBe(1);
  });

  test("a failure is shown, and retried", async () => {
    down = true;
    poller.setOnScreen(true);
    await clock.pass(100);
    expect(state.failed).toBe(true);
    down = false;
    await clock.pass(5000);
    expect(state).toMatchObject({ failed: false, leaderboard: { version: 1 } });
  });
});
