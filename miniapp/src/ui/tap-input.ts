/** A finger, or a key. */
export type PressId = number | string;

export interface TapHandlers {
  /** Counts as one tap. */
  down(id: PressId, x: number, y: number): void;
  up(id: PressId): void;
}

const isTapKey = (key: string) => key === " " || key === "Enter";

/**
 * Listens to every way to tap: each finger, the main mouse button, space and enter (once per
 * key press), and the click that a screen reader dispatches without any of these. Taps count
 * on pointer down rather than on release, so that the feedback comes in the same frame.
 */
export function listenForTaps(button: HTMLElement, handlers: TapHandlers): () => void {
  const down = new Set<PressId>();
  let began = false;

  const press = (id: PressId, x: number, y: number) => {
    down.add(id);
    button.classList.add("pressed");
    handlers.down(id, x, y);
  };
  const release = (id: PressId) => {
    if (!down.delete(id)) return;
    if (down.size === 0) button.classList.remove("pressed");
    handlers.up(id);
  };
  const middle = (): [number, number] => {
    const box = button.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 3];
  };
  const keyDown = (event: KeyboardEvent) => {
    if (!isTapKey(event.key)) return;
    event.preventDefault(); // Prevents the click and scrolling.
    if (!event.repeat) press(event.key, ...middle());
  };

  const onButton: { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void } = {
    pointerdown(event) {
      began = true;
      if (event.pointerType === "mouse" && event.button !== 0) return;
      press(event.pointerId, event.clientX, event.clientY);
    },
    click(event) {
      if (!began && event.detail === 0) {
        press("click", ...middle());
        release("click");
      }
      began = false;
    },
    keydown: keyDown,
    contextmenu: (event) => event.preventDefault(),
    dragstart: (event) => event.preventDefault(),
  };
  const anywhere: { [K in keyof DocumentEventMap]?: (event: DocumentEventMap[K]) => void } = {
    pointerup: (event) => release(event.pointerId),
    pointercancel: (event) => release(event.pointerId),
    keyup: (event) => release(event.key),
    // Keys go to the button while nothing has the focus.
    keydown(event) {
      if (event.target === document.body && button.offsetParent !== null) keyDown(event);
    },
    visibilitychange: () => [...down].forEach(release),
  };

  const stop = new AbortController();
  const add = (target: EventTarget, handlers: object) => {
    for (const [name, handler] of Object.entries(handlers)) {
      target.addEventListener(name, handler as EventListener, { signal: stop.signal });
    }
  };
  add(button, onButton);
  add(document, anywhere);
  return () => stop.abort();
}
