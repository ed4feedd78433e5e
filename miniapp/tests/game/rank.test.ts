import { describe, expect, test } from "vitest";
import { summarizeRank } from "../../src/game/rank";
import { entryOf, leaderboardOf } from "../support/leaderboards";

describe("summarizeRank", () => {
  const board = leaderboardOf(1, [entryOf(1, "a", 90), entryOf(2, "b", 50), entryOf(2, "me", 50)]);

  test("in the top: how far the next one above is", () => {
    expect(summarizeRank("me", board, null)).toEqual({ rank: 2, clicks: 50, to_next: 41, in_top: true });
    expect(summarizeRank("a", board, null)?.to_next).toBeNull();
  });

  test("below it: from the neighbours", () => {
    const around = [entryOf(56, "x", 12), entryOf(57, "me", 12)];
    const summary = summarizeRank("me", leaderboardOf(1), { rank: 57, clicks: 12, around });
    expect(summary).toEqual({ rank: 57, clicks: 12, to_next: 1, in_top: false });
  });

  test("without taps: none", () => {
    expect(summarizeRank("me", leaderboardOf(1), { rank: 1, clicks: 0, around: [] })).toBeNull();
  });
});
