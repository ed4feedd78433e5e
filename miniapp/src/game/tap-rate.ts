/** Taps a second at which the combo meter's steps begin. It only shows the rate; a tap counts one at any step. */
export const COMBO_STEPS = [3, 6, 10, 16];

/** A step ends at this share of the rate at which it began, so that it does not flicker at the edge. */
const KEEP = 0.7;
const MEMORY_MS = 1000;

/** How fast the player taps: a sum of taps that fade with a time constant of a second. */
export class TapRate {
  private sum = 0;
  private at_ms = 0;

  constructor(private readonly mono: () => number) {}

  tap(): void {
    this.sum = this.per_s + 1000 / MEMORY_MS;
    this.at_ms = this.mono();
  }

  get per_s(): number {
    return this.sum * Math.exp((this.at_ms - this.mono()) / MEMORY_MS);
  }
}

/** The combo step at a rate, 0 to `COMBO_STEPS.length`, after `current`. */
export function comboStep(per_s: number, current: number): number {
  const begun = COMBO_STEPS.filter((from) => per_s >= from).length;
  const kept = COMBO_STEPS.slice(0, current).filter((from) => per_s >= from * KEEP).length;
  return Math.max(begun, kept);
}
