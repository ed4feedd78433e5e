import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { number, t } from "../i18n";
import { clicks } from "./model";

/** Screen readers announce the count at most this often. */
const SPEAK_EVERY_MS = 6000;

export function Count() {
  const own = useComputed(() => number(clicks.value));
  return (
    <div class="count">
      <h1 class="count-label">{t("your_taps")}</h1>
      <p id="clicks" class="count-own" data-testid="clicks">
        {own}
      </p>
      <SpokenCount />
    </div>
  );
}

function SpokenCount() {
  const spoken = useSignal("");
  useEffect(() => {
    let last = clicks.peek();
    const timer = setInterval(() => {
      if (clicks.peek() === last) return;
      last = clicks.peek();
      spoken.value = t("taps_spoken", { count: last });
    }, SPEAK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <p class="visually-hidden" aria-live="polite" data-testid="spoken">
      {spoken}
    </p>
  );
}
