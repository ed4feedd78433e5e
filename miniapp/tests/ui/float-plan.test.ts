import { describe, expect, test } from "vitest";
import { FLOAT_HEIGHT_PX, FLOAT_LIFE_MS, FLOAT_RISE_PX, FLOAT_WIDTH_PX, FloatPlan, type Float } from "../../src/ui/float-plan";

const yAt = (float: Float, now: number) => float.y - ((now - float.began_ms) * FLOAT_RISE_PX) / FLOAT_LIFE_MS;

/** Taps with two fingers that wander over the button. */
function play(per_s: number, seconds: number) {
  const plan = new FloatPlan();
  const floats: Float[] = [];
  const taps = per_s * seconds;
  for (let i = 0; i < taps; i++) {
    const x = 100 + (i % 2) * 90 + ((i * 37) % 30);
    const float = plan.tap(x, 300 + ((i * 53) % 60), (i * 1000) / per_s);
    if (float) floats.push(float);
  }
  return { floats, left: plan.left, taps };
}

describe.each([1, 4, 10, 25, 40, 100])("at %i taps a second", (per_s) => {
  const { floats, left, taps } = play(per_s, 10);

  test("each tap is in one float", () => {
    expect(floats.reduce((sum, float) => sum + float.taps, left)).toBe(taps);
  });

  test("no two floats ever touch", () => {
    for (const [i, one] of floats.entries()) {
      for (const other of floats.slice(i + 1)) {
        if (other.began_ms - one.began_ms >= FLOAT_LIFE_MS) break;
        const apart_x = Math.abs(one.x - other.x) >= FLOAT_WIDTH_PX;
        const apart_y = Math.abs(yAt(one, other.began_ms) - other.y) >= FLOAT_HEIGHT_PX;
        expect(apart_x || apart_y, `${JSON.stringify(one)} and ${JSON.stringify(other)}`).toBe(true);
      }
    }
  });
});

test("at a calm pace each tap has its own +1", () => {
  const plan = new FloatPlan();
  const floats = Array.from({ length: 50 }, (_, i) => plan.tap(100, 300, i * 100));
  expect(floats.every((float) => float?.taps === 1)).toBe(true);
});

test("taps without room are shown when there is some", () => {
  const plan = new FloatPlan();
  for (let i = 0; i < 10; i++) plan.tap(50, 50, 0);
  expect(plan.left).toBe(7);
  expect(plan.rest(50, 50, 10)).toBeNull();
  expect(plan.rest(50, 50, 400)?.taps).toBe(7);
  expect(plan.rest(50, 50, 800)).toBeNull();
});
