const POOL = 14;
const LIFE_MS = 700;

/**
 * The "+1" that rise from a finger: a fixed pool of elements, animated by transform and
 * opacity alone so that the compositor does the work. The layer covers the window, so no
 * tap has to measure the layout, which would force a reflow in the middle of a frame.
 */
export class Floats {
  private readonly pool: HTMLElement[] = [];
  private next = 0;

  constructor(
    private readonly layer: HTMLElement,
    private readonly wanted: () => boolean,
  ) {}

  show(x: number, y: number): void {
    if (!this.wanted()) return;
    const element = this.pick();
    const drift = ((this.next * 37) % 40) - 20;
    const at = `translate(${x}px, ${y}px)`;
    element.animate(
      [
        { transform: `${at} translate(-50%, -50%) scale(.8)`, opacity: 1 },
        { transform: `${at} translate(calc(-50% + ${drift}px), -160%) scale(1.1)`, opacity: 0.9, offset: 0.5 },
        { transform: `${at} translate(calc(-50% + ${drift}px), -260%)`, opacity: 0 },
      ],
      { duration: LIFE_MS, easing: "ease-out" },
    );
  }

  private pick(): HTMLElement {
    const at = this.next++ % POOL;
    const known = this.pool[at];
    if (known) return known;
    const made = document.createElement("span");
    made.className = "float";
    made.textContent = "+1";
    this.layer.append(made);
    this.pool[at] = made;
    return made;
  }
}
