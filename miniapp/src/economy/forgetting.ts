import type { KeyValueStore } from "../game/key-value-store";
import { ordersKey } from "./orders";
import { seenSeedsKey } from "./seen-seeds";

/** Removes what the device keeps of a player's orders and seeds. */
export function forgetEconomy(store: KeyValueStore, owner: string): void {
  try {
    const keys = Array.from({ length: store.length }, (_, i) => store.key(i) ?? "");
    for (const key of keys) if (key === seenSeedsKey(owner) || key.startsWith(ordersKey(owner))) store.removeItem(key);
  } catch {
    // Storage is forbidden: it has kept nothing.
  }
}
