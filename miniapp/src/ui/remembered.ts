import { effect, signal } from "@preact/signals";

/** What this device remembers of a player, so that the page is laid out right before the server answers. */
export interface Remembered {
  /** The player has chosen a username. */
  named: boolean;
  /** Notifications and the home screen have been offered: once is enough. */
  offered: boolean;
}

const NOTHING: Remembered = { named: false, offered: false };

export const remembered = signal<Remembered>(NOTHING);

export function remember(part: Partial<Remembered>): void {
  remembered.value = { ...remembered.value, ...part };
}

/** Reads what the device remembers of this player, and stores every change. */
export function keepRemembered(store: Pick<Storage, "getItem" | "setItem">, owner: string): void {
  const key = `tapstack:1:remembered:${owner}`;
  try {
    remembered.value = { ...NOTHING, ...(JSON.parse(store.getItem(key) ?? "{}") as Partial<Remembered>) };
  } catch {
    // Unreadable: as on a new device.
  }
  effect(() => {
    const { named, offered } = remembered.value;
    if (!named && !offered) return;
    try {
      store.setItem(key, JSON.stringify({ named, offered }));
    } catch {
      // Storage is full or forbidden: remembered until the page ends.
    }
  });
}
