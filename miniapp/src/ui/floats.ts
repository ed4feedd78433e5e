import { FLOAT_LIFE_MS, FLOAT_RISE_PX, FloatPlan, type Float } from "./float-plan";

/** As many as the plan can have alive at once, for all fingers together. */
const POOL = 24;
const REST_MS = 120;

/**
 * The "+1" that rise from a finger: a fixed pool of elements, animated by transform and
 * opacity alone so that the compositor does the work. The layer covers the window, so no
 * tap has to measure the layout, which would force a reflow in the middle of a frame.
 */
export class Floats {
  private readonly plan = new FloatPlan();
  private readonly pool: HTMLElement[] = [];
  private next = 0;
  private resting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly layer: HTMLElement,
    private readonly wanted: () => boolean,
  ) {}

  show(x: number, y: number): void {
    if (this.wanted()) this.rise(this.plan.tap(x, y, performance.now()), x, y);
  }

  private rise(float: Float | null, x: number, y: number): void {
    if (float) this.animate(float);
    clearTimeout(this.resting);
    if (this.plan.left > 0) this.resting = setTimeout(() => this.rise(this.plan.rest(x, y, performance.now()), x, y), REST_MS);
  }

  private animate({ x, y, taps, began_ms }: Float): void {
    const element = this.pick();
    element.textContent = `+${taps}`;
    const at = (risen: number) => `translate(${x}px, ${y - risen}px) translate(-50%, -100%)`;
    // Linear, and from the moment of the tap even where the page was busy: so all floats keep their distances (FloatPlan).
    element.animate(
      [
        { transform: at(0), opacity: 1 },
        { transform: at(FLOAT_RISE_PX * 0.65), opacity: 1, offset: 0.65 },
        { transform: at(FLOAT_RISE_PX), opacity: 0 },
      ],
      { duration: FLOAT_LIFE_MS },
    ).startTime = began_ms;
  }

  private pick(): HTMLElement {
    const at = this.next++ % POOL;
    const known = this.pool[at];
    if (known) return known;
    const made = document.createElement("span");
    made.className = "float";
    this.layer.append(made);
    this.pool[at] = made;
    return made;
  }
}
