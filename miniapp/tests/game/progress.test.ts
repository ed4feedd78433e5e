import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { levelOf, levelStartsAt } from "../../src/game/levels";
import { lastMilestone } from "../../src/game/milestones";

interface Example {
  score: number;
  level: number;
  next_level_at: number;
  last_milestone: number;
}

/** Written by the server's rules (tests/support/progress_examples.py). */
const examples: Example[] = JSON.parse(readFileSync(new URL("progress.json", import.meta.url), "utf8"));

test.each(examples)("$score: level $level", ({ score, ...wanted }) => {
  const level = levelOf(score);
  const found = { level, next_level_at: levelStartsAt(level + 1), last_milestone: lastMilestone(score) };
  expect(found).toEqual(wanted);
});
