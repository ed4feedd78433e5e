/**
 * A player's level: a function of the score alone. Level n begins at 10 (n - 1)² taps, as in the
 * server's play/rules/levels.py; tests/game/progress.json holds the two together.
 */
const FIRST_LEVEL_TAPS = 10;

/** From 1. Exact: below 2^53 / 10, a whole number's root is never rounded up to the next one. */
export function levelOf(score: number): number {
  return 1 + Math.floor(Math.sqrt(Math.floor(score / FIRST_LEVEL_TAPS)));
}

/** The least score of a level. */
export function levelStartsAt(level: number): number {
  return FIRST_LEVEL_TAPS * (level - 1) ** 2;
}
