import { useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { number, t } from "../i18n";
import { Floats } from "./floats";
import { clicks } from "./model";

interface Props {
  /** Counts one tap; false where it does not count. */
  onTap: () => boolean;
}

/** The one big button: every finger, the mouse, space and enter, and screen readers. */
export function TapButton({ onTap }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const text = useComputed(() => number(clicks.value));

  useEffect(() => {
    if (!button.current || !layer.current) return;
    return listen(button.current, new Floats(layer.current), onTap);
  }, [onTap]);

  return (
    <div class="tap-area">
      <button ref={button} type="button" class="tap" data-testid="tap" aria-label={t("tap")} aria-describedby="clicks">
        <span class="tap-face" aria-hidden="true">
          <svg viewBox="0 0 64 64" class="tap-logo">
            <path d="M32 10 54 21 32 32 10 21Z" />
            <path d="m10 31 22 11 22-11v5L32 47 10 36Z" opacity=".8" />
            <path d="m10 41 22 11 22-11v5L32 57 10 46Z" opacity=".55" />
          </svg>
        </span>
      </button>
      <div ref={layer} class="floats" aria-hidden="true" />
      <span hidden>{text}</span>
    </div>
  );
}

function listen(button: HTMLButtonElement, floats: Floats, onTap: () => boolean): () => void {
  const down = new Set<number | string>();
  let handled = false;

  const tap = (x: number, y: number) => {
    if (onTap()) floats.show(x, y);
  };
  const press = (id: number | string) => {
    down.add(id);
    button.classList.add("pressed");
  };
  const release = (id: number | string) => {
    down.delete(id);
    if (down.size === 0) button.classList.remove("pressed");
  };
  const middle = () => {
    const box = button.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 3] as const;
  };

  const handlers: { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void } = {
    pointerdown(event) {
      handled = true;
      if (event.pointerType === "mouse" && event.button !== 0) return;
      press(event.pointerId);
      tap(event.clientX, event.clientY);
    },
    pointerup: (event) => release(event.pointerId),
    pointercancel: (event) => release(event.pointerId),
    pointerleave: (event) => release(event.pointerId),
    keydown(event) {
      if (event.key !== " " && event.key !== "Enter") return;
      event.preventDefault(); // No click of its own, and no scrolling.
      if (event.repeat) return;
      press(event.key);
      tap(...middle());
    },
    keyup: (event) => release(event.key),
    blur: () => {
      down.clear();
      button.classList.remove("pressed");
    },
    click(event) {
      // A screen reader clicks without a pointer; any other click was counted when it began.
      if (!handled && event.detail === 0) tap(...middle());
      handled = false;
    },
    contextmenu: (event) => event.preventDefault(),
  };
  const entries = Object.entries(handlers) as [string, EventListener][];
  for (const [name, handler] of entries) button.addEventListener(name, handler);
  return () => {
    for (const [name, handler] of entries) button.removeEventListener(name, handler);
  };
}
