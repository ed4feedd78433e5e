import { beforeEach, describe, expect, test } from "vitest";
import { ApiError } from "../../src/api/client";
import type { PlayerRank } from "../../src/api/types";
import { chaseOf, passedBetween, RivalWatch } from "../../src/game/rival";
import { FakeClock, settle } from "../support/fakes";
import { entryOf } from "../support/leaderboards";

const named = (rank: number, id: string, clicks: number) => ({ ...entryOf(rank, id, clicks), username: id, public_name: id });
const OWN: PlayerRank = {
  rank: 10,
  clicks: 50,
  around: [named(8, "zeha", 58), named(9, "otto", 50), named(10, "me", 50), named(11, "ivan", 50)],
};

describe("chaseOf", () => {
  test("a tie is not passed: who got there first is ahead", () => {
    expect(chaseOf(OWN, 50)).toEqual({ rank: 10, rival: { id: "otto", name: "otto", taps_to_pass: 1 } });
  });

  test("the local count goes on from the answer", () => {
    expect(chaseOf(OWN, 51)).toEqual({ rank: 9, rival: { id: "zeha", name: "zeha", taps_to_pass: 8 } });
    expect(chaseOf(OWN, 59)).toEqual({ rank: 8, rival: null });
  });

  test("a rival without a username has the name that everybody sees", () => {
    const own = { ...OWN, around: [entryOf(9, "otto", 50), named(10, "me", 50)] };
    expect(chaseOf(own, 50).rival?.name).toBe("Player otto");
  });

  test("the first has no rival", () => {
    expect(chaseOf({ rank: 1, clicks: 5, around: [named(1, "me", 5), named(2, "a", 4)] }, 6)).toEqual({ rank: 1, rival: null });
  });
});

test("passedBetween names those who are passed, the nearest first, and each once", () => {
  const ids = (from: number, to: number) => passedBetween(OWN, from, to).map(({ id }) => id);
  expect(ids(49, 50)).toEqual([]);
  expect(ids(50, 51)).toEqual(["otto"]);
  expect(ids(51, 58)).toEqual([]);
  expect(ids(50, 60)).toEqual(["otto", "zeha"]);
});

describe("RivalWatch", () => {
  let clock: FakeClock;
  let asked: number[];
  let answer: () => Promise<PlayerRank | null>;
  let watch: RivalWatch;

  beforeEach(() => {
    clock = new FakeClock();
    asked = [];
    answer = () => Promise.resolve(OWN);
    const load = () => {
      asked.push(clock.mono());
      return answer();
    };
    watch = new RivalWatch({ clock, load, onRank: () => undefined });
  });

  const tapAt = async (score: number, after_ms: number) => {
    await clock.pass(after_ms);
    const passed = watch.scored(score - 1, score);
    await settle();
    return passed;
  };

  test("asks when the page opens, and then once a minute of tapping", async () => {
    watch.opened();
    await settle();
    for (let i = 0; i < 130; i++) await tapAt(50, 1000);
    expect(asked).toEqual([0, 60_000, 120_000]);
  });

  test("asks nothing while nobody taps", async () => {
    watch.opened();
    await clock.pass(600_000);
    expect(asked).toHaveLength(1);
  });

  test("passing somebody asks again, but not before 20 s", async () => {
    watch.opened();
    await settle();
    expect((await tapAt(51, 5000)).map(({ id }) => id)).toEqual(["otto"]);
    await tapAt(52, 14_000);
    expect(asked).toHaveLength(1);
    await tapAt(53, 1000);
    expect(asked).toHaveLength(2);
  });

  test("all known rivals passed: asks every 10 s at most", async () => {
    watch.opened();
    await settle();
    for (let i = 0; i < 30; i++) await tapAt(60 + i, 1000);
    expect(asked).toEqual([0, 10_000, 20_000, 30_000]);
  });

  test("a refusal is not met with more requests", async () => {
    answer = () => Promise.reject(new ApiError(429, "too_many_requests", "", {}, 90_000));
    watch.opened();
    await settle();
    for (let i = 0; i < 100; i++) await tapAt(50 + i, 1000);
    expect(asked).toEqual([0, 90_000]);
  });

  test("what the leaderboard has loaded counts as asked", async () => {
    watch.learn(OWN);
    watch.opened();
    await tapAt(50, 59_000);
    expect(asked).toEqual([]);
  });
});
