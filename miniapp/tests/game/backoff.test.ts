import { expect, test } from "vitest";
import { backoffMs } from "../../src/game/backoff";

test("backoff grows, is capped, spreads, and obeys the server", () => {
  expect(backoffMs(1, () => 0)).toBe(500);
  expect(backoffMs(3, () => 1)).toBe(4000);
  expect(backoffMs(50, () => 1)).toBe(20_000);
  expect(backoffMs(1, () => 0, 30_000)).toBe(30_000);
});
