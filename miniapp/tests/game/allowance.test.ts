import { expect, test } from "vitest";
import { safeRate } from "../../src/game/allowance";

test.each([
  ["the default", { taps_per_s: 25, burst: 500 }, { capacity: 450, per_s: 25 }],
  ["a slow one", { taps_per_s: 1, burst: 20 }, { capacity: 18, per_s: 1 }],
  ["hardly any", { taps_per_s: 1, burst: 1 }, { capacity: 1, per_s: 1 }],
  ["none published", undefined, { capacity: 450, per_s: 25 }],
  ["nonsense", { taps_per_s: 0, burst: Number.NaN }, { capacity: 450, per_s: 25 }],
])("the page stays below the server's burst: %s", (_, allowance, rate) => {
  expect(safeRate(allowance)).toEqual(rate);
});
