import { computed, signal } from "@preact/signals";
import { en, type Key, type Texts } from "./en";
export type { Key };
import { ru } from "./ru";

export const LANGUAGES: Record<string, { name: string; texts: Texts }> = {
  en: { name: "English", texts: en },
  ru: { name: "Русский", texts: ru },
};

/** The language shown now; components that call `t` follow it by themselves. */
export const language = signal("en");

const texts = computed(() => LANGUAGES[language.value]?.texts ?? en);
const grouped = computed(() => new Intl.NumberFormat(language.value));
const dates = computed(() => new Intl.DateTimeFormat(language.value, { dateStyle: "medium" }));

/** The first of `wished` that the game speaks ("ru-RU" counts as "ru"), else English. */
export function pickLanguage(wished: (string | undefined)[]): string {
  const known = wished.map((tag) => (tag ?? "").toLowerCase().split(/[-_]/)[0] ?? "");
  return known.find((tag) => tag in LANGUAGES) ?? "en";
}

export function t(key: Key, parameters: Record<string, string | number> = {}): string {
  return texts.value[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole));
}

export function number(value: number): string {
  return grouped.value.format(value);
}

/** The day of a moment, as the language writes it. */
export function date(at_s: number): string {
  return dates.value.format(at_s * 1000);
}
