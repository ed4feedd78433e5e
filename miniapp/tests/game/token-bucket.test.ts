import { describe, expect, test } from "vitest";
import { TokenBucket } from "../../src/game/token-bucket";

const FAST = { capacity: 450, per_s: 25 };
const SLOW = { capacity: 90, per_s: 5 };

describe("TokenBucket", () => {
  test("gives its capacity at once, then its rate", () => {
    let now = 0;
    const bucket = new TokenBucket(() => now, FAST);
    expect(bucket.take(450)).toBe(true);
    expect(bucket.take(1)).toBe(false);
    expect(bucket.waitMs(1)).toBe(40);
    now = 40;
    expect(bucket.take(1)).toBe(true);
    now = 1_000_000;
    expect(bucket.available()).toBe(450);
  });

  test.each([
    ["full stays full", 450, 90],
    ["12 s used stay 12 s used", 150, 30],
    ["empty stays empty", 0, 0],
  ])("another rate keeps the time that is used up: %s", (_, level, slow_level) => {
    const bucket = new TokenBucket(() => 0, FAST, level);
    bucket.setRate(SLOW);
    expect([bucket.available(), bucket.capacity]).toEqual([slow_level, 90]);
    bucket.setRate(FAST);
    expect(bucket.available()).toBe(level);
  });

  test("is never above the capacity of its rate", () => {
    expect(new TokenBucket(() => 0, SLOW, 450).available()).toBe(90);
  });

  test("follows another bucket down, whatever its rate, and never up", () => {
    const bucket = new TokenBucket(() => 0, SLOW, 60);
    bucket.lowerTo({ level: 450, rate: FAST });
    expect(bucket.available()).toBe(60);
    bucket.lowerTo({ level: 150, rate: FAST });
    expect(bucket.available()).toBe(30);
  });
});
