import { batch, computed, signal } from "@preact/signals";
import type { Key, PluralForms, PluralKey, ScreenTexts, Texts } from "./en";

/** The keys of texts without plural forms. */
export type PlainKey = Exclude<Key, PluralKey>;

interface Language {
  name: string;
  load: () => Promise<Texts>;
  /** The texts of the screens that are not part of the first load. */
  loadScreens: () => Promise<ScreenTexts>;
}

/** A language is two files; only those of the player's own are loaded. */
export const LANGUAGES: Record<string, Language> = {
  en: { name: "English", load: async () => (await import("./en")).en, loadScreens: async () => (await import("./en-screens")).en },
  ru: { name: "Русский", load: async () => (await import("./ru")).ru, loadScreens: async () => (await import("./ru-screens")).ru },
};

const FIRST = "en";
const RETRY_MS = 2000;

/** The language of the texts that are loaded; components that call `t` rerender when it changes. */
export const language = signal(FIRST);

const texts = signal<Partial<Texts & ScreenTexts>>({});
const grouped = computed(() => new Intl.NumberFormat(language.value));
const plurals = computed(() => new Intl.PluralRules(language.value));
const dates = computed(() => new Intl.DateTimeFormat(language.value, { dateStyle: "medium" }));

const filesOf = (tag: string) => (LANGUAGES[tag] ?? LANGUAGES[FIRST]) as Language;

let wanted = "";
let screen_texts: Promise<void> | null = null;

/** Loads a language and switches to it; tries until it succeeds or another language is wanted. */
export async function switchLanguage(tag: string): Promise<void> {
  wanted = tag;
  for (;;) {
    try {
      const first = await filesOf(tag).load();
      const screens = screen_texts && (await filesOf(tag).loadScreens());
      if (wanted !== tag) return;
      return batch(() => {
        texts.value = { ...first, ...screens };
        language.value = tag;
      });
    } catch {
      await new Promise((done) => setTimeout(done, RETRY_MS)); // The network is gone for a moment.
      if (wanted !== tag) return;
    }
  }
}

/** Loads the texts of the screens that are not part of the first load; from now on, those of another language too. */
export function loadScreenTexts(): Promise<void> {
  return (screen_texts ??= addScreenTexts().catch((error) => {
    screen_texts = null; // The network is gone: the next screen tries again.
    throw error;
  }));
}

async function addScreenTexts(): Promise<void> {
  for (;;) {
    const tag = language.peek();
    const screens = await filesOf(tag).loadScreens();
    if (tag !== language.peek()) continue;
    texts.value = { ...texts.peek(), ...screens };
    return;
  }
}

/** The first of the preferred languages that the game has ("ru-RU" counts as "ru"), else English. */
export function pickLanguage(preferred: (string | undefined)[]): string {
  const known = preferred.map((tag) => (tag ?? "").toLowerCase().split(/[-_]/)[0] ?? "");
  return known.find((tag) => Object.hasOwn(LANGUAGES, tag)) ?? FIRST;
}

type Parameters = Record<string, string | number>;

/** The text of `key` in the current language. A text with plural forms needs a `count`. */
export function t(key: PluralKey, parameters: Parameters & { count: number }): string;
export function t(key: PlainKey, parameters?: Parameters): string;
export function t(key: Key, parameters: Parameters = {}): string {
  return filled(texts.value[key] ?? "", parameters);
}

/** The texts of a screen that is loaded when it is opened, in the current language: in English where it has no other. */
export function textsOf<K extends string>(
  english: Record<K, string | PluralForms>,
  others: Record<string, Record<K, string | PluralForms>>,
): (key: K, parameters?: Parameters) => string {
  return (key, parameters = {}) => filled((others[language.value] ?? english)[key], parameters);
}

function filled(text: string | PluralForms, parameters: Parameters): string {
  const template = typeof text === "string" ? text : (text[plurals.value.select(Number(parameters["count"]))] ?? text.other);
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name] ?? whole;
    return typeof value === "number" ? number(value) : value;
  });
}

const refusals = signal<Record<string, Record<string, string>>>({});

/** The text of an error code in the current language; null if there is none, or it is still being loaded. */
export function refusalText(code: string): string | null {
  const table = refusals.value[language.value] ?? refusals.value[FIRST];
  if (!table) void loadRefusals();
  return table && Object.hasOwn(table, code) ? (table[code] as string) : null;
}

async function loadRefusals(): Promise<void> {
  try {
    refusals.value = (await import("./refusals")).REFUSALS;
  } catch {
    // Offline: the texts that are always there have to do.
  }
}

export function number(value: number): string {
  return grouped.value.format(value);
}

/** Formats the date of a Unix time in seconds. */
export function date(at_s: number): string {
  return dates.value.format(at_s * 1000);
}

/** Formats the day and the time of a Unix time in milliseconds. */
export function dateTime(at_ms: number): string {
  return new Intl.DateTimeFormat(language.value, { dateStyle: "medium", timeStyle: "short" }).format(at_ms);
}
