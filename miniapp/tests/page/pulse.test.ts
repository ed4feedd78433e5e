import { beforeEach, expect, test } from "vitest";
import { Pulse } from "../../src/page/pulse";
import { combo, exhausted, stamina } from "../../src/ui/model";
import { FakeClock } from "../support/fakes";

let clock: FakeClock;
let taps: number;
let pulse: Pulse;

beforeEach(() => {
  clock = new FakeClock();
  taps = 100;
  pulse = new Pulse({ clock, allowance: () => ({ taps, capacity: 100 }) });
});

test("each step of the combo begins once, and all end with the taps", async () => {
  const steps = [];
  for (let i = 0; i < 60; i++) {
    steps.push(pulse.tapped());
    await clock.pass(50);
  }
  expect(steps.filter(Boolean)).toHaveLength(4);
  expect(combo.value.step).toBe(4);
  await clock.pass(10_000);
  expect(combo.value).toEqual({ per_s: 0, step: 0 });
});

test("an allowance that is used up says so until some of it has come back", async () => {
  taps = 0;
  pulse.refused();
  expect([exhausted.value, stamina.value]).toEqual([true, { taps: 0, share: 0 }]);
  taps = 9;
  await clock.pass(100);
  expect(exhausted.value).toBe(true);
  taps = 10;
  await clock.pass(100);
  expect(exhausted.value).toBe(false);
  taps = 100;
  await clock.pass(100);
  expect(stamina.value.share).toBe(1);
});
