import { expect, test } from "vitest";
import { rankOf } from "../../src/ui/goals/awards";

test.each([
  [null, "Tier 1 of 3"],
  [0, "Tier 1 of 3 · nobody has it yet"],
  [1, "Tier 1 of 3 · 0.1% of players"],
  [40, "Tier 1 of 3 · 4% of players"],
])("a tier that %s of 1,000 players have says so", (permille, text) => {
  expect(rankOf({ tier: 1, permille } as never, 3)).toBe(text);
});
