import { describe, expect, test } from "vitest";
import { COMBO_STEPS, comboStep, TapRate } from "../../src/game/tap-rate";

describe("TapRate", () => {
  test.each([2, 10, 25, 40])("%i taps a second", (per_s) => {
    let now = 0;
    const rate = new TapRate(() => now);
    for (let i = 0; i < 10 * per_s; i++) {
      now += 1000 / per_s;
      rate.tap();
    }
    expect(rate.per_s).toBeGreaterThan(per_s * 0.9);
    expect(rate.per_s).toBeLessThan(per_s * 1.1 + 0.6);
    now += 5000;
    expect(rate.per_s).toBeLessThan(0.3);
  });
});

describe("comboStep", () => {
  test("each step begins at its rate", () => {
    expect(COMBO_STEPS.map((per_s) => comboStep(per_s, 0))).toEqual([1, 2, 3, 4]);
    expect(comboStep(2.9, 0)).toBe(0);
  });

  test("a step does not flicker at its edge, and ends well below it", () => {
    expect(comboStep(9, 3)).toBe(3);
    expect(comboStep(6.9, 3)).toBe(2);
    expect(comboStep(0, 4)).toBe(0);
  });
});
