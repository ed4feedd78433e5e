import { computed, signal } from "@preact/signals";
import type { ProgressView } from "../../api/types";
import { claimables, type Claimable } from "../../economy/goals";
import { isBusy } from "../economy/model";

/** All that the player can reach, as it was last read; null until then. */
export const progress = signal<ProgressView | null>(null);

/** The causes of what was claimed on this page: so that what was read before does not offer it again. */
export const claimed = signal<ReadonlySet<string>>(new Set());

/** The place of an order for a claim. */
export const placeOf = (cause: string) => `claim:${cause}`;

/** Where a reward stands. What is being claimed counts as claimed: it will be, once, however often it takes to ask. */
export function stateOf({ cause, state }: Pick<Claimable, "cause" | "state">): Claimable["state"] {
  return claimed.value.has(cause) || isBusy(placeOf(cause)) ? "claimed" : state;
}

export type GoalScreen = "quests" | "season" | "awards";

/** How many rewards are there to be claimed, by the screen that shows them. */
export const ready = computed((): Record<GoalScreen, number> => {
  const found = progress.value && claimables(progress.value);
  const count = (screen: GoalScreen) => (found?.[screen] ?? []).filter((one) => stateOf(one) === "ready").length;
  return { quests: count("quests"), season: count("season"), awards: count("awards") };
});
