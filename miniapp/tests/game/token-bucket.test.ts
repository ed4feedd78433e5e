import { describe, expect, test } from "vitest";
import { TokenBucket } from "../../src/game/token-bucket";

describe("TokenBucket", () => {
  test("gives its capacity at once, then its rate", () => {
    let now = 0;
    const bucket = new TokenBucket(() => now, 450, 25);
    expect(bucket.take(450)).toBe(true);
    expect(bucket.take(1)).toBe(false);
    expect(bucket.waitMs(1)).toBe(40);
    now = 40;
    expect(bucket.take(1)).toBe(true);
    now = 1_000_000;
    expect(bucket.available()).toBe(450);
  });
});
