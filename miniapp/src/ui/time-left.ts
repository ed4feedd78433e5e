import { language } from "../i18n";

const UNITS = [
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
] as const;

/** How long something takes still, in its largest unit, rounded up: "5 hr", "12 min", "8 sec". */
export function timeLeft(ms: number): string {
  const [unit, size] = UNITS.find(([, of]) => ms > of) ?? UNITS[2];
  const format = new Intl.NumberFormat(language.value, { style: "unit", unit, unitDisplay: "short" });
  return format.format(Math.max(1, Math.ceil(ms / size)));
}
