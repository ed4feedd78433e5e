import { computed, signal } from "@preact/signals";
import { en, type Key, type PluralForms, type PluralKey, type Texts } from "./en";
import { ru } from "./ru";

/** The keys of texts without plural forms. */
export type PlainKey = Exclude<Key, PluralKey>;

export const LANGUAGES: Record<string, { name: string; texts: Texts }> = {
  en: { name: "English", texts: en },
  ru: { name: "Русский", texts: ru },
};

/** The current language; components that call `t` rerender when it changes. */
export const language = signal("en");

const texts = computed(() => LANGUAGES[language.value]?.texts ?? en);
const grouped = computed(() => new Intl.NumberFormat(language.value));
const plurals = computed(() => new Intl.PluralRules(language.value));
const dates = computed(() => new Intl.DateTimeFormat(language.value, { dateStyle: "medium" }));

/** The first of the preferred languages that the game has ("ru-RU" counts as "ru"), else English. */
export function pickLanguage(preferred: (string | undefined)[]): string {
  const known = preferred.map((tag) => (tag ?? "").toLowerCase().split(/[-_]/)[0] ?? "");
  return known.find((tag) => tag in LANGUAGES) ?? "en";
}

type Parameters = Record<string, string | number>;

/** The text of `key` in the current language. A text with plural forms needs a `count`. */
export function t(key: PluralKey, parameters: Parameters & { count: number }): string;
export function t(key: PlainKey, parameters?: Parameters): string;
export function t(key: Key, parameters: Parameters = {}): string {
  return filled(texts.value[key], parameters);
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

export function number(value: number): string {
  return grouped.value.format(value);
}

/** Formats the date of a Unix time in seconds. */
export function date(at_s: number): string {
  return dates.value.format(at_s * 1000);
}
