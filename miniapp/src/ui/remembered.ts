import { computed, effect, signal } from "@preact/signals";

/** What this device remembers of a player, so that the page is laid out right before the server answers. */
export interface Remembered {
  /** The player has chosen a username. */
  named: boolean;
  /** Notifications and the home screen have been offered: once is enough. */
  offered: boolean;
  /** The rally and the duel that the player is in, "" for none. */
  rally: string;
  duel: string;
}

const NOTHING: Remembered = { named: false, offered: false, rally: "", duel: "" };

export const remembered = signal<Remembered>(NOTHING);

/** The player has begun or joined a rally or a duel, and has not left it. */
export const isInContest = computed(() => Boolean(remembered.value.rally || remembered.value.duel));

export function remember(part: Partial<Remembered>): void {
  remembered.value = { ...remembered.value, ...part };
}

/** Reads what the device remembers of this player, and stores every change. */
export function keepRemembered(store: Pick<Storage, "getItem" | "setItem">, owner: string): void {
  const key = `tapstack:1:remembered:${owner}`;
  let read = NOTHING;
  try {
    read = { ...NOTHING, ...(JSON.parse(store.getItem(key) ?? "{}") as Partial<Remembered>) };
  } catch {
    // Unreadable: as on a new device.
  }
  remembered.value = read;
  effect(() => {
    if (remembered.value === read) return;
    try {
      store.setItem(key, JSON.stringify(remembered.value));
    } catch {
      // Storage is full or forbidden: remembered until the page ends.
    }
  });
}
