import { describe, expect, test } from "vitest";
import { TapCounter } from "../../src/game/tap-counter";
import { TokenBucket } from "../../src/game/token-bucket";

describe("TapCounter", () => {
  test("repeats what it paid for and no more than a bucket above the watermark", () => {
    let now = 0;
    const bucket = new TokenBucket(() => now, { capacity: 450, per_s: 25 });
    const counter = new TapCounter();
    for (let i = 0; i < 1000; i++) counter.tap();
    expect(counter.take(bucket)).toBe(450);
    now = 60_000;
    expect(counter.take(bucket)).toBe(450);
    counter.acknowledge({ taps: 450, clicks: 450 });
    expect(counter.take(bucket)).toBe(900);
  });

  test("adds the taps that the last page could not write", () => {
    const counter = new TapCounter();
    counter.tap();
    counter.restore({ taps: 10, watermark: 8, sent: 10, clicks: 8 });
    counter.opened({ taps: 15, clicks: 15 });
    expect(counter.taps).toBe(16);
    expect(counter.shown).toBe(16);
  });
});
