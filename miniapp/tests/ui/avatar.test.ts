import { expect, test } from "vitest";
import { hueOf, initials } from "../../src/ui/avatar";

test.each([
  ["Swift Otter 42", "SO"],
  ["bob", "B"],
  ["ada_lovelace", "AL"],
  ["42", "4"],
  ["___", "_"],
])("the initials of %s are %s", (name, expected) => {
  expect(initials(name)).toBe(expected);
});

test("a player has one of eight colours, always the same", () => {
  const hues = Array.from({ length: 200 }, (_, n) => hueOf(n.toString(16).padStart(16, "0")));
  expect(new Set(hues)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7]));
  expect(hueOf("b35a000000000001")).toBe(hueOf("b35a000000000001"));
});
