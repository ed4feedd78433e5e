import { en, type Key } from "./en";

export type Translate = (key: Key, parameters?: Record<string, string | number>) => string;

export function translator(texts: Record<Key, string>): Translate {
  return (key, parameters = {}) =>
    texts[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole));
}

export const t: Translate = translator(en);

const grouped = new Intl.NumberFormat("en");

export function number(value: number): string {
  return grouped.format(value);
}
