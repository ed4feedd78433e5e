/** How the button gives way under the fingers: it tilts towards where they press, and each leaves a dent. */

const TILT_DEG = 13;
const SINK = 4.5;
const DENTS = 5;
const MEASURED_FOR_MS = 250;

interface Point {
  x: number;
  y: number;
}

/** Where the fingers press on average, from the middle of the button: -1 to 1 both ways. */
export function leanOf(fingers: Point[]): Point {
  const sum = fingers.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  const within = (value: number) => Math.max(-1, Math.min(1, value / Math.max(1, fingers.length)));
  return { x: within(sum.x), y: within(sum.y) };
}

export class Press {
  private readonly fingers = new Map<number | string, Point>();
  private readonly dents: HTMLElement[] = [];
  private next = 0;
  private box = new DOMRect();
  private measured_at = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly button: HTMLElement,
    private readonly face: HTMLElement,
    private readonly wanted: () => boolean,
  ) {}

  down(id: number | string, x: number, y: number): void {
    if (!this.wanted()) return;
    this.measure();
    const { left, top, width, height } = this.box;
    this.fingers.set(id, { x: ((x - left) / width) * 2 - 1, y: ((y - top) / height) * 2 - 1 });
    this.dent(x - left, y - top);
    this.tilt();
  }

  up(id: number | string): void {
    if (!this.fingers.delete(id)) return;
    const from = this.face.style.transform;
    if (this.fingers.size > 0) return this.tilt();
    this.face.style.transform = "";
    // An animation, not a transition: a tap that begins and ends within one frame is seen, too.
    this.face.animate([{ transform: from }, { transform: "none" }], { duration: 180, easing: "cubic-bezier(.2, 1.7, .5, 1)" });
  }

  private tilt(): void {
    const { x, y } = leanOf([...this.fingers.values()]);
    const turn = `rotateX(${(-y * TILT_DEG).toFixed(1)}deg) rotateY(${(x * TILT_DEG).toFixed(1)}deg)`;
    this.face.style.transform = `perspective(40rem) translateY(${SINK}%) ${turn}`;
  }

  private dent(x: number, y: number): void {
    const at = this.next++ % DENTS;
    const element = (this.dents[at] ??= this.newDent());
    element.animate(
      [
        { transform: `translate(${x}px, ${y}px) translate(-50%, -50%) scale(.85)`, opacity: 1 },
        { transform: `translate(${x}px, ${y}px) translate(-50%, -50%) scale(1)`, opacity: 1, offset: 0.3 },
        { transform: `translate(${x}px, ${y}px) translate(-50%, -50%) scale(1.15)`, opacity: 0 },
      ],
      { duration: 380, easing: "ease-out" },
    );
  }

  private newDent(): HTMLElement {
    const made = document.createElement("span");
    made.className = "dent";
    this.face.append(made);
    return made;
  }

  /** Where the button is. Measured seldom, because measuring in the middle of a frame forces a layout. */
  private measure(): void {
    const now = performance.now();
    if (now - this.measured_at > MEASURED_FOR_MS) this.box = this.button.getBoundingClientRect();
    this.measured_at = now;
  }
}
