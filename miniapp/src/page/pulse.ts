import { batch } from "@preact/signals";
import type { Clock } from "../game/clock";
import { comboStep, TapRate } from "../game/tap-rate";
import { combo, exhausted, stamina } from "../ui/model";

const TICK_MS = 100;
const STILL_PER_S = 0.3;
/** Taps count again in a row, not one by one, once this share of the allowance has come back. */
const RECOVERED = 0.1;

export interface PulseParts {
  clock: Clock;
  /** How many taps count at once now, and at most. */
  allowance: () => { taps: number; capacity: number };
}

/** Keeps the rate of tapping and the rest of the allowance on the screen: runs while either of them changes. */
export class Pulse {
  private readonly rate: TapRate;
  private running = false;
  private step = 0;

  constructor(private readonly parts: PulseParts) {
    this.rate = new TapRate(() => parts.clock.mono());
  }

  get per_s(): number {
    return this.rate.per_s;
  }

  /** A tap counted; returns whether it began a new combo step. */
  tapped(): boolean {
    this.rate.tap();
    const before = this.step;
    this.step = comboStep(this.rate.per_s, before);
    this.wake();
    return this.step > before;
  }

  /** A tap did not count: the allowance is used up. */
  refused(): void {
    exhausted.value = true;
    this.wake();
  }

  private wake(): void {
    if (this.running) return;
    this.running = true;
    this.tick();
  }

  private tick(): void {
    const { taps, capacity } = this.parts.allowance();
    const per_s = this.rate.per_s;
    const still = per_s < STILL_PER_S;
    this.step = comboStep(per_s, this.step);
    batch(() => {
      combo.value = { per_s: still ? 0 : per_s, step: this.step };
      stamina.value = { taps, share: taps / capacity };
      if (taps >= capacity * RECOVERED) exhausted.value = false;
    });
    this.running = !still || taps < capacity;
    if (this.running) this.parts.clock.after(TICK_MS, () => this.tick());
  }
}
