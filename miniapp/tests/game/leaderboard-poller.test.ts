import { beforeEach, describe, expect, test } from "vitest";
import { ApiError } from "../../src/api/client";
import type { BoardAnswer } from "../../src/game/ports";
import { LeaderboardPoller, type LeaderboardState } from "../../src/game/leaderboard-poller";
import { FakeClock } from "../support/fakes";
import { changeOf, entryOf, leaderboardOf } from "../support/leaderboards";

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
  let ranks: number;
  let own_clicks: number;
  let state: LeaderboardState;
  let down: boolean;
  let version: number;
  let poller: LeaderboardPoller;

  beforeEach(() => {
    asked = [];
    ranks = 0;
    own_clicks = 7;
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
        ranks += 1;
        if (period === "all") return Promise.reject(new Error("no session"));
        return Promise.resolve({ rank: 3, clicks: own_clicks, around: [entryOf(3, period, 7)] });
      },
      onState: (now) => (state = now),
    });
  });

  /** The answer of a server that lets the leaderboard ride along. */
  function answerTo(since: number | null, flush_every_ms = 1000): BoardAnswer {
    const board = leaderboardOf(version, [entryOf(1, "a", version)]);
    const answer = { leaderboard_version: version, flush_every_ms };
    return since === null || since === version ? answer : { ...answer, board: changeOf(board) };
  }

  test("loads nothing and asks for nothing while it is off the screen", async () => {
    poller.answered(poller.since(), answerTo(null));
    await clock.pass(60_000);
    expect([asked, ranks, poller.since()]).toEqual([[], 0, null]);
  });

  test("who merely watches loads it every 5 s, and nothing of it while it is unchanged", async () => {
    poller.setOnScreen(true);
    await clock.pass(1000);
    expect(asked).toEqual([null]);
    await clock.pass(60_000);
    expect(asked.length).toBe(13);
    expect(new Set(asked.slice(1))).toEqual(new Set(['"1"']));
    expect(state.leaderboard?.version).toBe(1);
  });

  test("a large crowd watches no faster than it plays", async () => {
    poller.answered(null, answerTo(null, 15_000));
    poller.setOnScreen(true);
    await clock.pass(170_000);
    expect(asked.length).toBe(11);
  });

  test("is not loaded while the answers to clicks bring it", async () => {
    poller.setOnScreen(true);
    await clock.pass(0);
    expect([asked, poller.since()]).toEqual([[null], 1]);
    for (version = 2; version <= 40; version++) {
      const since = poller.since();
      expect(since).toBe(version - 1);
      poller.answered(since, answerTo(since, 5000));
      expect(state.leaderboard?.entries[0]?.clicks).toBe(version);
      await clock.pass(5100);
    }
    version = 40;
    for (let i = 0; i < 10; i++) {
      poller.answered(poller.since(), answerTo(40, 5000)); // Unchanged.
      await clock.pass(5100);
    }
    expect(asked).toEqual([null]);
    await clock.pass(5100);
    expect(asked).toEqual([null, null]); // No more clicks: now it is loaded, without the tag of an older one.
  });

  test("the change of another leaderboard than the shown one changes nothing", async () => {
    poller.setOnScreen(true);
    await clock.pass(0);
    const partial = { ...changeOf(leaderboardOf(9, [entryOf(1, "a", 9)])), players: [] };
    poller.answered(8, { ...answerTo(null), board: partial });
    expect([state.leaderboard?.version, poller.since()]).toEqual([1, 1]);
  });

  test("answers of an older server leave it to be loaded", async () => {
    poller.setOnScreen(true);
    for (let i = 0; i < 20; i++) {
      poller.answered(poller.since(), { leaderboard_version: 77 + i, flush_every_ms: 1000 });
      await clock.pass(1000);
    }
    expect(asked.length).toBe(5);
  });

  test("boards of periods never ride along, and are loaded less often", async () => {
    poller.setOnScreen(true);
    poller.setPeriod("day");
    poller.answered(poller.since(), answerTo(null, 5000));
    await clock.pass(64_500);
    expect(poller.since()).toBeNull();
    expect(asked.length).toBe(3); // Every six intervals, and a bit.
    poller.setPeriod("all");
    await clock.pass(0);
    expect([asked.length, poller.since()]).toEqual([4, 1]);
  });

  test("the own rank is loaded at once and then seldom", async () => {
    poller.setOnScreen(true);
    await clock.pass(0);
    expect(ranks).toBe(1);
    poller.answered(null, answerTo(null, 5000));
    await clock.pass(19_000);
    expect(ranks).toBe(1);
    await clock.pass(10 * 120_000);
    expect(ranks).toBeGreaterThanOrEqual(10);
    expect(ranks).toBeLessThanOrEqual(12);
    poller.reload();
    await clock.pass(0);
    expect(ranks).toBeLessThanOrEqual(13);
  });

  test("the own rank follows the board until there is one", async () => {
    own_clicks = 0;
    poller.setOnScreen(true);
    poller.setPeriod("day");
    await clock.pass(20_000);
    expect(ranks).toBe(3);
    own_clicks = 1;
    await clock.pass(10_000);
    expect(ranks).toBe(4);
    await clock.pass(15_000);
    expect(ranks).toBe(4);
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
