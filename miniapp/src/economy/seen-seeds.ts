import type { KeyValueStore } from "../game/key-value-store";

const KEPT = 50;

/**
 * The fingerprints of the server's seeds that this device was shown, and when it was first shown each (s): a draw is
 * fair only if its seed was fixed before.
 */
export class SeenSeeds {
  constructor(
    private readonly store: KeyValueStore,
    private readonly owner: string,
  ) {}

  see(hash: string, now_s: number): void {
    const seen = this.all();
    if (seen.some(([known]) => known === hash)) return;
    try {
      this.store.setItem(seenSeedsKey(this.owner), JSON.stringify([...seen, [hash, now_s]].slice(-KEPT)));
    } catch {
      // Storage is full or forbidden: then the page can't vouch for it later.
    }
  }

  /** When a fingerprint was first shown here; null if it was not. */
  since(hash: string): number | null {
    return this.all().find(([known]) => known === hash)?.[1] ?? null;
  }

  private all(): [string, number][] {
    try {
      const kept: unknown = JSON.parse(this.store.getItem(seenSeedsKey(this.owner)) ?? "[]");
      return Array.isArray(kept) ? (kept as [string, number][]) : [];
    } catch {
      return [];
    }
  }
}

export function seenSeedsKey(owner: string): string {
  return `tapstack:1:${owner}:seeds`;
}
