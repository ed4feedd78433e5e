import { computed, signal } from "@preact/signals";
import { en, type Key, type Texts } from "./en";
export type { Key };
import { ru } from "./ru";

export const LANGUAGES: Record<string, { name: string; texts: Texts }> = {
  en: { name: "English", texts: en },
  ru: { name: "Русский", texts: ru },
};

/** The current language; components that call `t` rerender when it changes. */
export const language = signal("en");

const texts = computed(() => LANGUAGES[language.value]?.texts ?? en);
const grouped = computed(() => new Intl.NumberFormat(language.value));
const dates = computed(() => new Intl.DateTimeFormat(language.value, { dateStyle: "medium" }));

/** The first of the preferred languages that the game has ("ru-RU" counts as "ru"), else English. */
export function pickLanguage(preferred: (string | undefined)[]): string {
  const known = preferred.map((tag) => (tag ?? "").toLowerCase().split(/[-_]/)[0] ?? "");
  return known.find((tag) => tag in LANGUAGES) ?? "en";
}

export function t(key: Key, parameters: Record<string, string | number> = {}): string {
  return texts.value[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole));
}

export function number(value: number): string {
  return grouped.value.format(value);
}

/** Formats the date of a Unix time in seconds. */
export function date(at_s: number): string {
  return dates.value.format(at_s * 1000);
}
