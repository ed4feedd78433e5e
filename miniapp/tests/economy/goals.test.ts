import { describe, expect, test } from "vitest";
import { claimables, tapsToNext, tierAhead } from "../../src/economy/goals";
import { progressView } from "../support/progress";

test("every reward is on one of the screens", () => {
  const found = claimables(progressView());
  expect(found.quests.map(({ cause }) => cause)).toEqual(["day", "week", "chest"]);
  expect(found.season.map(({ cause }) => cause)).toEqual(["step"]);
  expect(found.awards.map(({ cause }) => cause)).toEqual(["tier"]);
});

test("a league's prize is there to be claimed", () => {
  const reward = { coin: 5, gem: 0, xp: 0, goods: {}, freezes: 0 };
  const league = { cause: "prize", week: "2026-W46", tier: "gold", rank: 2, reward };
  expect(claimables(progressView({ league })).quests.at(-1)).toMatchObject({ cause: "prize", state: "ready" });
});

describe("the way to the next reward", () => {
  test("is that to the nearest of those that taps bring", () => {
    expect(tapsToNext(progressView())).toBe(20); // 80 of 100 taps for the achievement.
  });

  test("leaves out what is reached", () => {
    const { achievements } = progressView();
    expect(tapsToNext(progressView({ achievements: achievements.map((one) => ({ ...one, value: 100 })) }))).toBe(60);
  });

  test("has no end where taps bring nothing", () => {
    expect(tapsToNext(progressView({ achievements: [], season: null, day: { name: "", ends_at_ms: 0, missions: [] } }))).toBe(Infinity);
  });
});

test("tiers are claimed in their order, and the last one stays", () => {
  const tiers = [{ cause: "1" }, { cause: "2" }];
  expect(tierAhead(tiers, () => false).cause).toBe("1");
  expect(tierAhead(tiers, ({ cause }) => cause === "1").cause).toBe("2");
  expect(tierAhead(tiers, () => true).cause).toBe("2");
});
