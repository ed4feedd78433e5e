import type { Clock } from "./clock";

/** What an answer says of the energy: `left` of `full` taps would be paid now, and one more each `every_ms`. */
export interface Energy {
  left: number;
  full: number;
  every_ms: number;
  full_in_ms: number;
}

/** Energy as it stands; `paid_taps` is what the player was ever paid for, null as long as no answer says it. */
export interface Paid {
  left: number;
  full: number;
  every_ms: number;
  paid_taps: number | null;
}

/** How many taps are paid: goes on between the server's answers, which correct it. Older servers pay for none. */
export class EnergyMeter {
  private known: { energy: Energy; at_ms: number } | null = null;
  private paid_taps: number | null = null;

  constructor(private readonly clock: Clock) {}

  answered({ energy, paid_taps }: { energy?: Energy | null; paid_taps?: number | null }): void {
    if (energy) this.known = { energy, at_ms: this.clock.mono() };
    if (typeof paid_taps === "number") this.paid_taps = paid_taps;
  }

  /** With the taps that the server has not counted yet; null before it has said anything. */
  now(pending: number): Paid | null {
    if (!this.known) return null;
    const { energy, at_ms } = this.known;
    const { full, every_ms } = energy;
    const full_in_ms = Math.max(0, energy.full_in_ms - (this.clock.mono() - at_ms));
    const left = Math.max(0, full - Math.ceil(full_in_ms / every_ms));
    const paid = Math.min(left, pending);
    return { left: left - paid, full, every_ms, paid_taps: this.paid_taps === null ? null : this.paid_taps + paid };
  }
}
