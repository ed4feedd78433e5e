/** Where the "+1" above a finger go, so that they stay readable however fast somebody taps. */
export interface Float {
  x: number;
  y: number;
  /** How many taps it stands for. */
  taps: number;
  began_ms: number;
}

export const FLOAT_LIFE_MS = 700;
export const FLOAT_RISE_PX = 130;
/** The room that a float needs to itself. */
export const FLOAT_WIDTH_PX = 56;
export const FLOAT_HEIGHT_PX = 40;

const LANES = [0, 1, -1, 0.5, -0.5];

/**
 * Places floats so that no two ever overlap: all rise at one speed, so two that are apart when the later one begins
 * stay apart. A tap that finds no room is added to the next one that does, "+4".
 */
export class FloatPlan {
  private live: Float[] = [];
  private waiting = 0;

  /** The float to show for a tap at a point; null where it has to wait for a later one. */
  tap(x: number, y: number, now_ms: number): Float | null {
    this.waiting += 1;
    return this.place(x, y, now_ms);
  }

  /** The float for the taps that are left over when no more come; null while there is no room, or none is left. */
  rest(x: number, y: number, now_ms: number): Float | null {
    return this.waiting > 0 ? this.place(x, y, now_ms) : null;
  }

  get left(): number {
    return this.waiting;
  }

  private place(x: number, y: number, now_ms: number): Float | null {
    this.live = this.live.filter((float) => now_ms - float.began_ms < FLOAT_LIFE_MS);
    for (const lane of LANES) {
      const float = { x: x + lane * FLOAT_WIDTH_PX, y, taps: this.waiting, began_ms: now_ms };
      if (this.live.some((other) => overlap(float, other))) continue;
      this.live.push(float);
      this.waiting = 0;
      return float;
    }
    return null;
  }
}

function overlap(one: Float, other: Float): boolean {
  const risen = ((one.began_ms - other.began_ms) * FLOAT_RISE_PX) / FLOAT_LIFE_MS;
  return Math.abs(one.x - other.x) < FLOAT_WIDTH_PX && Math.abs(one.y - (other.y - risen)) < FLOAT_HEIGHT_PX;
}
