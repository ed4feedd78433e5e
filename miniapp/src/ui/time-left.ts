import { useEffect, useState } from "preact/hooks";
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

/** A time to wait, and what is left of it, second by second. */
export function useWait(): { left_ms: number; begin(ms: number): void } {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  const left_ms = Math.max(0, until - now);
  useEffect(() => {
    if (left_ms <= 0) return;
    const timer = setTimeout(() => setNow(performance.now()), Math.min(1000, left_ms));
    return () => clearTimeout(timer);
  }, [left_ms]);
  const begin = (ms: number) => {
    setNow(performance.now());
    setUntil(performance.now() + ms);
  };
  return { left_ms, begin };
}
