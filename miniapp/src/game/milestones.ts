/**
 * Scores that are celebrated: every power of ten from 100, as in the server's
 * play/rules/milestones.py; tests/game/progress.json holds the two together.
 */
const FIRST_MILESTONE = 100;

/** The highest milestone that a score has reached, 0 where there is none. */
export function lastMilestone(score: number): number {
  return score < FIRST_MILESTONE ? 0 : 10 ** (String(score).length - 1);
}
