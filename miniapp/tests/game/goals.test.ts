import { expect, test } from "vitest";
import { lastGoal, nextGoal } from "../../src/game/goals";

test.each([
  [0, 0, 100],
  [99, 0, 100],
  [100, 100, 200],
  [999, 900, 1000],
  [1000, 1000, 2000],
  [12_345, 10_000, 20_000],
  [99_999, 90_000, 100_000],
  [2 ** 53 - 1, 9e15, 1e16],
])("%i taps: %i reached, %i next", (total, last, next) => {
  expect([lastGoal(total), nextGoal(total)]).toEqual([last, next]);
});
