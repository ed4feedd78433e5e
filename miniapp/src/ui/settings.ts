import { effect, signal } from "@preact/signals";

const KEY = "tapstack:1:settings";

export interface Settings {
  haptics: boolean;
  sound: boolean;
  fewer_effects: boolean;
  /** A language's tag, or null to follow Telegram. */
  language: string | null;
}

export const settings = signal<Settings>({ haptics: true, sound: false, fewer_effects: false, language: null });

export function change(part: Partial<Settings>): void {
  settings.value = { ...settings.value, ...part };
}

/** Reads the stored settings over the given defaults, and stores every change. */
export function keepSettings(store: Pick<Storage, "getItem" | "setItem">, defaults: Partial<Settings>): void {
  let kept: Partial<Settings> = {};
  try {
    kept = (JSON.parse(store.getItem(KEY) ?? "{}") ?? {}) as Partial<Settings>;
  } catch {
    // Unreadable: use the defaults.
  }
  settings.value = { ...settings.value, ...defaults, ...kept };
  let first = true;
  effect(() => {
    const text = JSON.stringify(settings.value);
    if (first) return void (first = false);
    try {
      store.setItem(KEY, text);
    } catch {
      // Storage is full or forbidden: the setting lasts until the page ends.
    }
  });
}

/** Few effects where the system asks for reduced motion, or Telegram calls the phone slow. */
export function prefersFewerEffects(reduced_motion: boolean, user_agent: string): boolean {
  return reduced_motion || /Telegram-Android\/.*;\s*LOW\s*\)/i.test(user_agent);
}
