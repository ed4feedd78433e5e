import { beforeEach, describe, expect, test } from "vitest";
import { LocalSessionStorage } from "../../src/game/local-session-storage";
import { FakeClock, FakeLocks, FakeStore } from "../support/fakes";

const FALLBACK = { capacity: 450, per_s: 25 };
const SLOW = { capacity: 90, per_s: 5 };

let clock: FakeClock;
let store: FakeStore;

function openStorage(): LocalSessionStorage {
  return new LocalSessionStorage({ store, clock, owner: "7", newId: () => "s1", tryLock: new FakeLocks().page(1) });
}

beforeEach(() => {
  clock = new FakeClock();
  store = new FakeStore();
});

describe("the bucket", () => {
  test("is full at the fallback rate before anything is stored", () => {
    expect(openStorage().bucket()).toEqual({ level: 450, rate: FALLBACK });
  });

  test("is refilled at its own rate while no page is open", async () => {
    const storage = openStorage();
    storage.save(await storage.claim(), { level: 10, rate: SLOW });
    await clock.pass(4000);
    expect(openStorage().bucket()).toEqual({ level: 30, rate: SLOW });
    await clock.pass(60_000);
    expect(openStorage().bucket().level).toBe(90);
  });

  test("of the version before is read at the rate that it knew", async () => {
    store.setItem("tapstack:1:7:bucket", JSON.stringify({ level: 100, at_ms: clock.now() }));
    expect(openStorage().bucket()).toEqual({ level: 100, rate: FALLBACK });
  });

  test.each(["{", "null", "[]", '{"level":"x","at_ms":1,"capacity":-1,"per_s":5}'])("%s counts as none", (text) => {
    store.setItem("tapstack:1:7:bucket", text);
    expect(openStorage().bucket()).toEqual({ level: 450, rate: FALLBACK });
  });
});

test("the rate is the last one saved, and is cleared with the sessions", () => {
  const storage = openStorage();
  expect(storage.rate()).toEqual(FALLBACK);
  storage.saveRate(SLOW);
  expect(openStorage().rate()).toEqual(SLOW);
  storage.clear();
  expect([openStorage().rate(), store.length]).toEqual([FALLBACK, 0]);
});

test("the rate holds for this page if it can't be stored", () => {
  openStorage().saveRate({ capacity: 900, per_s: 50 });
  store.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  const storage = openStorage();
  storage.saveRate(SLOW);
  expect(storage.rate()).toEqual(SLOW);
});
