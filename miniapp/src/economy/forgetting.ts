import type { KeyValueStore } from "../game/key-value-store";
import { keptKey } from "./kept";
import { ordersKey } from "./orders";
import { seenSeedsKey } from "./seen-seeds";

/** Removes what the device keeps of a player's orders, seeds, wallet and goals. */
export function forgetEconomy(store: KeyValueStore, owner: string): void {
  try {
    const keys = Array.from({ length: store.length }, (_, i) => store.key(i) ?? "");
    const own = [seenSeedsKey(owner), keptKey(owner, "wallet"), keptKey(owner, "progress")];
    for (const key of keys) if (own.includes(key) || key.startsWith(ordersKey(owner))) store.removeItem(key);
  } catch {
    // Storage is forbidden: it has kept nothing.
  }
}
