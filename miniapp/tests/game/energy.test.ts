import { expect, test } from "vitest";
import { EnergyMeter } from "../../src/game/energy";
import { FakeClock } from "../support/fakes";

const ENERGY = { left: 2, full: 10, every_ms: 2000, full_in_ms: 16_000 };

test("comes back by itself, and never above what is full", async () => {
  const clock = new FakeClock();
  const meter = new EnergyMeter(clock);
  meter.answered({ energy: ENERGY, paid_taps: 50 });
  expect(meter.now(0)).toEqual({ left: 2, full: 10, every_ms: 2000, paid_taps: 50 });
  await clock.pass(1999);
  expect(meter.now(0)?.left).toBe(2);
  await clock.pass(1);
  expect(meter.now(0)?.left).toBe(3);
  await clock.pass(3600_000);
  expect(meter.now(0)?.left).toBe(10);
});

test("pays for pending taps as far as it goes", () => {
  const meter = new EnergyMeter(new FakeClock());
  meter.answered({ energy: ENERGY, paid_taps: 50 });
  expect(meter.now(1)).toMatchObject({ left: 1, paid_taps: 51 });
  expect(meter.now(5)).toMatchObject({ left: 0, paid_taps: 52 });
});

test("is unknown with a server that pays for no taps", () => {
  const meter = new EnergyMeter(new FakeClock());
  meter.answered({});
  expect(meter.now(0)).toBeNull();
});
