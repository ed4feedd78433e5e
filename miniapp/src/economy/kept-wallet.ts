import type { EconomyView } from "../api/types";
import type { KeyValueStore } from "../game/key-value-store";

export const KEPT_MS = 3 * 3600_000;

/**
 * The wallet as this device has read it last: a page that starts again soon shows it instead of asking. What was bought
 * elsewhere meanwhile is seen where the player looks at the shop, the bag or the wallet, which are always asked for.
 */
export class KeptWallet {
  constructor(
    private readonly store: KeyValueStore,
    private readonly owner: string,
  ) {}

  /** Keeps a wallet with how many taps were paid when it was read. */
  keep(view: EconomyView, paid_taps: number | null, now_ms: number): void {
    if (paid_taps === null) return;
    try {
      this.store.setItem(keptWalletKey(this.owner), JSON.stringify({ view, paid_taps, at_ms: now_ms }));
    } catch {
      // Storage is full or forbidden: the next page asks.
    }
  }

  read(now_ms: number): { view: EconomyView; paid_taps: number } | null {
    try {
      const kept = JSON.parse(this.store.getItem(keptWalletKey(this.owner)) ?? "null");
      return kept && now_ms >= kept.at_ms && now_ms - kept.at_ms < KEPT_MS ? kept : null;
    } catch {
      return null;
    }
  }
}

export function keptWalletKey(owner: string): string {
  return `tapstack:1:${owner}:wallet`;
}
