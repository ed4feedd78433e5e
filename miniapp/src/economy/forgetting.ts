import type { KeyValueStore } from "../game/key-value-store";
import { keptWalletKey } from "./kept-wallet";
import { ordersKey } from "./orders";
import { seenSeedsKey } from "./seen-seeds";

/** Removes what the device keeps of a player's orders, seeds and wallet. */
export function forgetEconomy(store: KeyValueStore, owner: string): void {
  try {
    const keys = Array.from({ length: store.length }, (_, i) => store.key(i) ?? "");
    const own = [seenSeedsKey(owner), keptWalletKey(owner)];
    for (const key of keys) if (own.includes(key) || key.startsWith(ordersKey(owner))) store.removeItem(key);
  } catch {
    // Storage is forbidden: it has kept nothing.
  }
}
