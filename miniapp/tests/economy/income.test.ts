import { expect, test } from "vitest";
import { earned, revenueAt } from "../../src/economy/income";

test("a paid tap earns what the catalogue says", () => {
  expect(earned(0, 1000, [])).toBe(0);
  expect(earned(7, 1000, [])).toBe(7);
  expect(earned(7, 500, [])).toBe(3);
});

test("boosts add up, each for as many taps as it has left", () => {
  expect(earned(10, 1000, [{ permille: 500, taps_left: 4 }])).toBe(12);
  expect(earned(10, 1000, [{ permille: 500, taps_left: 100 }, { permille: 1000, taps_left: 10 }])).toBe(25);
});

test("revenue goes on by the clock, and no further than it piles up", () => {
  const revenue = { per_h: 120, upkeep_per_h: 60, ready: 5, full_at_ms: 2 * 3_600_000 };
  const read = { now_ms: 0, revenue };
  expect(revenueAt(0, read)).toBe(5);
  expect(revenueAt(1_800_000, read)).toBe(35);
  expect(revenueAt(9 * 3_600_000, read)).toBe(125);
  expect(revenueAt(-5, read)).toBe(5);
  expect(revenueAt(3_600_000, { now_ms: 0, revenue: { ...revenue, full_at_ms: null } })).toBe(5);
});
