import { expect, test } from "vitest";
import { expected, paidTapsOf } from "../../src/game/energy";

const energy = { full: 30, every_ms: 2000 };
const told = paidTapsOf({ paid_taps: 28, energy_full_in_ms: 55_000 }, energy, 1000)!;

test.each([
  ["at once", 0, 1000, { paid_taps: 28, left: 2, full: 30 }],
  ["just before the next one", 0, 1999, { paid_taps: 28, left: 2, full: 30 }],
  ["with the next one", 0, 2000, { paid_taps: 28, left: 3, full: 30 }],
  ["when all of it is back", 0, 56_000, { paid_taps: 28, left: 30, full: 30 }],
  ["long after", 0, 1e9, { paid_taps: 28, left: 30, full: 30 }],
  ["with taps on their way", 1, 1000, { paid_taps: 29, left: 1, full: 30 }],
  ["with more of them than energy", 40, 2000, { paid_taps: 31, left: 0, full: 30 }],
  ["by a clock that goes backwards", 0, -1e6, { paid_taps: 28, left: 0, full: 30 }],
])("energy is what it comes to %s", (_, pending, now, is) => {
  expect(expected(told, pending, now)).toEqual(is);
});

test("older servers tell nothing of it", () => {
  expect(paidTapsOf({}, null, 1000)).toBeNull();
  expect(paidTapsOf({}, energy, 1000)).toBeNull();
  expect(paidTapsOf({ paid_taps: 28, energy_full_in_ms: 0 }, null, 1000)).toBeNull();
});
