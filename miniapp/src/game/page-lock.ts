import type { Clock } from "./clock";
import type { KeyValueStore } from "./key-value-store";

/** Locks a name for this page until the page ends; false where another page holds it. */
export type TryLock = (name: string) => Promise<boolean>;

/** By the Web Locks API: the browser releases the lock when the page ends, even in a crash. */
export function webLocks(locks: LockManager): TryLock {
  const held = new Set<string>();
  return (name) => {
    if (held.has(name)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const answer = (locked: boolean) => {
        if (locked) held.add(name);
        resolve(locked);
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

/** Where the Web Locks API is missing (plain http on a LAN address): leases in the store, renewed. */
export class LeaseLocks {
  private readonly held = new Set<string>();

  constructor(
    private readonly store: KeyValueStore,
    private readonly clock: Clock,
    private readonly page: string,
  ) {}

  readonly tryLock: TryLock = (name) => {
    try {
      const [owner, until_ms] = (this.store.getItem(name) ?? "").split(" ");
      const free = owner === this.page || !(Number(until_ms) > this.clock.now());
      if (free) this.hold(name);
      return Promise.resolve(free);
    } catch {
      return Promise.resolve(false); // No store: every page plays a session of its own.
    }
  };

  /** Releases all locks when the page ends, so that the next page need not wait. */
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
