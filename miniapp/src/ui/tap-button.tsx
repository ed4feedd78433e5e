import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n";
import { Floats } from "./floats";
import { exhausted, fewerEffects, useActions } from "./model";
import { Press } from "./press";
import { Combo } from "./progress";
import { firstTaps } from "./screens";
import { listenForTaps } from "./tap-input";

/** The one big button. */
export function TapButton() {
  const { tap } = useActions();
  const button = useRef<HTMLButtonElement>(null);
  const face = useRef<HTMLSpanElement>(null);
  const layer = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!button.current || !face.current || !layer.current) return;
    const effects = () => !fewerEffects.peek();
    const floats = new Floats(layer.current, effects);
    const press = new Press(button.current, face.current, effects);
    return listenForTaps(button.current, {
      down(id, x, y) {
        press.down(id, x, y);
        if (tap()) floats.show(x, y);
      },
      up: (id) => press.up(id),
    });
  }, [tap]);

  return (
    <div class="tap-area" data-exhausted={exhausted.value || undefined}>
      <Combo />
      <button ref={button} type="button" class="tap" data-testid="tap" aria-label={t("tap")} aria-describedby="clicks">
        <span class="tap-base" aria-hidden="true" />
        <span ref={face} class="tap-face" aria-hidden="true">
          <svg viewBox="0 0 64 64" class="tap-logo">
            <path d="M32 10 54 21 32 32 10 21Z" />
            <path d="m10 31 22 11 22-11v5L32 47 10 36Z" opacity=".8" />
            <path d="m10 41 22 11 22-11v5L32 57 10 46Z" opacity=".55" />
          </svg>
        </span>
      </button>
      <firstTaps.Screen waiting={null} />
      <div ref={layer} class="floats" aria-hidden="true" />
    </div>
  );
}
