/** Everybody's goals: a digit and zeros, from 100: 100, 200, ..., 900, 1,000, 2,000 and so on. */
const FIRST_GOAL = 100;

/** The highest goal that all taps together have reached, 0 where there is none. */
export function lastGoal(total: number): number {
  const step = stepOf(total);
  return total < FIRST_GOAL ? 0 : Math.floor(total / step) * step;
}

/** The lowest goal above all taps together. */
export function nextGoal(total: number): number {
  return lastGoal(total) + stepOf(total);
}

function stepOf(total: number): number {
  return Math.max(FIRST_GOAL, 10 ** (String(Math.max(0, total)).length - 1));
}
