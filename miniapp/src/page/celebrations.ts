import { lastGoal } from "../game/goals";
import { levelOf } from "../game/levels";
import { lastMilestone } from "../game/milestones";
import type { Felt } from "../ui/feedback";
import type { Moment } from "../ui/moments";

const GOAL_KEY = "tapstack:1:goal";

export interface CelebrationParts {
  store: Pick<Storage, "getItem" | "setItem">;
  celebrate: (moment: Moment) => void;
}

/** Notices levels, milestones and everybody's goals, each of them once. */
export class Celebrations {
  private highest = 0;
  private goal: number | null = null;

  constructor(private readonly parts: CelebrationParts) {}

  /** An own tap has raised the score by one; returns what the player should feel. */
  scored(score: number): Felt {
    if (score <= this.highest) return "tap"; // The server took taps back: these were celebrated before.
    this.highest = score;
    const milestone = lastMilestone(score);
    const level = levelOf(score);
    const leveled = level > levelOf(score - 1);
    if (milestone > lastMilestone(score - 1)) this.parts.celebrate({ kind: "milestone", taps: milestone });
    if (leveled) this.parts.celebrate({ kind: "level", level });
    return milestone > lastMilestone(score - 1) ? "milestone" : leveled ? "level" : "tap";
  }

  /**
   * Everybody's taps as the page knows them now. A goal is celebrated once on this device, also when it was reached
   * while the player was away, but none that lies before the player's first visit.
   */
  counted(total: number): void {
    const goal = lastGoal(total);
    const seen = this.seenGoal();
    if (seen !== null && goal <= seen) return;
    this.remember(goal);
    if (seen !== null) this.parts.celebrate({ kind: "goal", taps: goal });
  }

  private seenGoal(): number | null {
    if (this.goal === null) {
      const stored = this.attempt(() => this.parts.store.getItem(GOAL_KEY)) ?? null;
      this.goal = stored === null || !Number.isFinite(Number(stored)) ? null : Number(stored);
    }
    return this.goal;
  }

  private remember(goal: number): void {
    this.goal = goal;
    this.attempt(() => this.parts.store.setItem(GOAL_KEY, String(goal)));
  }

  private attempt<T>(access: () => T): T | null {
    try {
      return access();
    } catch {
      return null; // Storage is full or forbidden: what is celebrated is known until the page ends.
    }
  }
}
