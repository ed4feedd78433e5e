import type { Item } from "../api/types";

/** Kinds of items in the order in which shops and bags list them. */
export const KINDS = ["crate", "boost", "weapon", "armour", "business", "housing", "cosmetic", "title"] as const;
export type Kind = (typeof KINDS)[number];

/** What can be worn, in the order of the bag. */
export const SLOTS = ["weapon", "armour", "home", "title", "colour", "frame", "button"] as const;
export type Slot = (typeof SLOTS)[number];

/** Kinds whose every piece is one of its own; of the others players have stacks. */
export function isUnique(item: Item): boolean {
  return ["weapon", "armour", "business", "housing"].includes(item.kind);
}

/** Where an item is worn; null if it is not. */
export function slotOf(item: Item): Slot | null {
  if (item.kind === "cosmetic") return item.slot as Slot;
  if (item.kind === "housing") return "home";
  return item.kind === "weapon" || item.kind === "armour" || item.kind === "title" ? item.kind : null;
}

/** The given things by the kind of their item, in the order of KINDS; kinds that have none are left out. */
export function byKind<T>(things: readonly T[], itemOf: (thing: T) => Item | undefined): [Kind, T[]][] {
  const groups = KINDS.map((kind): [Kind, T[]] => [kind, things.filter((thing) => itemOf(thing)?.kind === kind)]);
  return groups.filter(([, found]) => found.length > 0);
}
