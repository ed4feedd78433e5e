import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n";
import { FirstTaps } from "./first-taps";
import { Floats } from "./floats";
import { fewerEffects, useActions } from "./model";
import { listenForTaps } from "./tap-input";

/** The one big button. */
export function TapButton() {
  const { tap } = useActions();
  const button = useRef<HTMLButtonElement>(null);
  const layer = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!button.current || !layer.current) return;
    const floats = new Floats(layer.current, () => !fewerEffects.peek());
    return listenForTaps(button.current, (x, y) => {
      if (tap()) floats.show(x, y);
    });
  }, [tap]);

  return (
    <div class="tap-area">
      <button ref={button} type="button" class="tap" data-testid="tap" aria-label={t("tap")} aria-describedby="clicks">
        <span class="tap-base" aria-hidden="true" />
        <span class="tap-face" aria-hidden="true">
          <svg viewBox="0 0 64 64" class="tap-logo">
            <path d="M32 10 54 21 32 32 10 21Z" />
            <path d="m10 31 22 11 22-11v5L32 47 10 36Z" opacity=".8" />
            <path d="m10 41 22 11 22-11v5L32 57 10 46Z" opacity=".55" />
          </svg>
        </span>
      </button>
      <FirstTaps />
      <div ref={layer} class="floats" aria-hidden="true" />
    </div>
  );
}
