import { expect, test } from "vitest";
import { nameProblem } from "../../src/game/username";

test("names", () => {
  expect(["ab", "a".repeat(21), "a b", "имя", "Ann_7"].map(nameProblem)).toEqual([
    "name_short",
    "name_long",
    "name_chars",
    "name_chars",
    null,
  ]);
});
