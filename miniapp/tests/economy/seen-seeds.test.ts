import { expect, test } from "vitest";
import { SeenSeeds } from "../../src/economy/seen-seeds";
import { FakeStore } from "../support/fakes";

test("remembers when a fingerprint was first shown, on this device and for this player", () => {
  const store = new FakeStore();
  const seeds = new SeenSeeds(store, "7");
  seeds.see("aa", 100);
  seeds.see("aa", 200);
  expect(seeds.since("aa")).toBe(100);
  expect(new SeenSeeds(store, "7").since("aa")).toBe(100);
  expect(seeds.since("bb")).toBeNull();
  expect(new SeenSeeds(store, "8").since("aa")).toBeNull();
});

test("keeps the last ones, and survives what it cannot read", () => {
  const store = new FakeStore();
  store.setItem("tapstack:1:7:seeds", "broken");
  const seeds = new SeenSeeds(store, "7");
  for (let i = 0; i < 60; i++) seeds.see(`seed ${i}`, i);
  expect(seeds.since("seed 59")).toBe(59);
  expect(seeds.since("seed 0")).toBeNull();
});
