import { beforeEach, expect, test } from "vitest";
import { Celebrations } from "../../src/page/celebrations";
import type { Moment } from "../../src/ui/moments";
import { FakeStore } from "../support/fakes";

let store: FakeStore;
let seen: Moment[];
const celebrations = () => new Celebrations({ store, celebrate: (moment) => seen.push(moment) });

beforeEach(() => {
  [store, seen] = [new FakeStore(), []];
});

test("a tap tells the greatest of what it did", () => {
  const one = celebrations();
  const felt = Array.from({ length: 1000 }, (_, i) => one.scored(i + 1));
  expect(felt[9]).toBe("level");
  expect(felt[99]).toBe("milestone");
  expect(felt[999]).toBe("milestone");
  expect(felt.filter((kind) => kind === "level")).toHaveLength(9); // Levels 2 to 10; 11 comes with the thousandth tap.
  expect(seen.filter(({ kind }) => kind === "level")).toHaveLength(10);
});

test("what the server took back is not celebrated a second time", () => {
  const one = celebrations();
  one.scored(10);
  expect(one.scored(10)).toBe("tap");
  expect(seen).toHaveLength(1);
});

test("each goal of everybody's is celebrated once on a device, also one that was reached meanwhile", () => {
  celebrations().counted(4_321); // The first visit: what was before is others' joy.
  expect(seen).toEqual([]);
  const one = celebrations();
  for (const total of [4_999, 5_000, 5_001, 4_800, 5_002]) one.counted(total);
  celebrations().counted(5_003);
  expect(seen).toEqual([{ kind: "goal", taps: 5_000 }]);
  celebrations().counted(12_000);
  expect(seen.at(-1)).toEqual({ kind: "goal", taps: 10_000 });
});

test("storage that is forbidden celebrates all the same", () => {
  const denied = () => {
    throw new Error("denied");
  };
  const one = new Celebrations({ store: { getItem: denied, setItem: denied }, celebrate: (moment) => seen.push(moment) });
  for (const total of [900, 1_000, 1_001]) one.counted(total);
  expect(seen).toEqual([{ kind: "goal", taps: 1_000 }]);
});
