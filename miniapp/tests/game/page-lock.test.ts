import { expect, test } from "vitest";
import { LeaseLocks } from "../../src/game/page-lock";
import { FakeClock, FakeStore } from "../support/fakes";

test("a lease belongs to one page at a time, until the page releases it", async () => {
  const clock = new FakeClock();
  const store = new FakeStore();
  const [one, two] = [new LeaseLocks(store, clock, "1"), new LeaseLocks(store, clock, "2")];
  expect(await one.tryLock("s")).toBe(true);
  expect(await two.tryLock("s")).toBe(false);
  await clock.pass(60_000);
  expect(await two.tryLock("s")).toBe(false);
  one.release();
  expect(await two.tryLock("s")).toBe(true);
});
