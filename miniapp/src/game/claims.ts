import type { Clock } from "./clock";
import type { KeyValueStore } from "./home";

/** Takes a name for this page alone until the page ends; false where another page has it. */
export type Claim = (name: string) => Promise<boolean>;

/** By the Web Locks API: held until the page ends, also when it crashes. */
export function lockClaim(locks: LockManager): Claim {
  const held = new Set<string>();
  return (name) => {
    if (held.has(name)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const answer = (claimed: boolean) => {
        if (claimed) held.add(name);
        resolve(claimed);
      };
      const hold = (lock: Lock | null) => {
        answer(lock !== null);
        return lock === null ? undefined : new Promise<void>(() => undefined);
      };
      locks.request(name, { ifAvailable: true }, hold).catch(() => answer(false));
    });
  };
}

const LEASE_MS = 15_000;
const RENEW_MS = 5_000;

/** Where there are no locks (plain http on a LAN address): leases in the store, renewed. */
export class Leases {
  private readonly held = new Set<string>();

  constructor(
    private readonly store: KeyValueStore,
    private readonly clock: Clock,
    private readonly page: string,
  ) {}

  readonly claim: Claim = (name) => {
    try {
      const [owner, until_ms] = (this.store.getItem(name) ?? "").split(" ");
      const free = owner === this.page || !(Number(until_ms) > this.clock.now());
      if (free) this.hold(name);
      return Promise.resolve(free);
    } catch {
      return Promise.resolve(false); // No store: every page plays a session of its own.
    }
  };

  /** The page ends: the next one need not wait. */
  release(): void {
    for (const name of this.held) this.store.removeItem(name);
    this.held.clear();
  }

  private hold(name: string): void {
    if (this.held.size === 0) this.clock.after(RENEW_MS, this.renew);
    this.held.add(name);
    this.store.setItem(name, `${this.page} ${this.clock.now() + LEASE_MS}`);
  }

  private readonly renew = (): void => {
    for (const name of this.held) this.hold(name);
    if (this.held.size > 0) this.clock.after(RENEW_MS, this.renew);
  };
}
