import type { EconomyView, ProgressView } from "../api/types";
import type { KeyValueStore } from "../game/key-value-store";

const KEPT_MS = 3 * 3600_000;

/** What is kept, by name. A wallet goes with how many taps were paid when it was read. */
interface Views {
  wallet: { view: EconomyView; paid_taps: number };
  progress: ProgressView;
}

/**
 * What this device has read last: a page that starts again soon shows it instead of asking. What has happened elsewhere
 * meanwhile is seen on the screens, which always ask.
 */
export class Kept<Name extends keyof Views> {
  constructor(
    private readonly store: KeyValueStore,
    private readonly owner: string,
    private readonly name: Name,
  ) {}

  keep(what: Views[Name], now_ms: number): void {
    try {
      this.store.setItem(keptKey(this.owner, this.name), JSON.stringify({ what, at_ms: now_ms }));
    } catch {
      // Storage is full or forbidden: the next page asks.
    }
  }

  read(now_ms: number): Views[Name] | null {
    try {
      const { what, at_ms } = JSON.parse(this.store.getItem(keptKey(this.owner, this.name)) ?? "{}");
      return what && now_ms >= at_ms && now_ms - at_ms < KEPT_MS ? what : null;
    } catch {
      return null;
    }
  }
}

export function keptKey(owner: string, name: keyof Views): string {
  return `tapstack:1:${owner}:${name}`;
}
