import type { KeyValueStore } from "../game/key-value-store";

/** The page's storage, or memory if the frame may not use storage. */
export function storage(kind: "localStorage" | "sessionStorage"): Storage {
  try {
    const found = window[kind];
    found.getItem("tapstack:probe");
    return found;
  } catch {
    return memory();
  }
}

/** What a page keeps of its player: nothing more once it is closed, however late an answer comes. */
export class PlayerStore implements KeyValueStore {
  private open = true;

  constructor(private readonly kept: KeyValueStore) {}

  /** Whether what is written here outlives the page. */
  get lasts(): boolean {
    return this.kept instanceof Storage;
  }

  get length(): number {
    return this.kept.length;
  }

  getItem(key: string): string | null {
    return this.kept.getItem(key);
  }

  setItem(key: string, value: string): void {
    if (this.open) this.kept.setItem(key, value);
  }

  removeItem(key: string): void {
    this.kept.removeItem(key);
  }

  key(index: number): string | null {
    return this.kept.key(index);
  }

  close(): void {
    this.open = false;
  }
}

function memory(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
    key: (index) => [...items.keys()][index] ?? null,
    get length() {
      return items.size;
    },
  };
}

/** A random UUID; browsers offer `randomUUID` to secure pages only. */
export function newId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
