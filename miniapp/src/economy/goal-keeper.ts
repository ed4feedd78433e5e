import type { CommandPath, ProgressView } from "../api/types";
import type { Clock } from "../game/clock";
import { tapsToNext } from "./goals";

/** Where orders come from that nobody has pressed a button for. */
export const OWN_ACCORD = "auto:";
const CHECK_IN = `${OWN_ACCORD}checkin`;
/** Progress is not read more often because of taps, and where that fails, half as often each time. */
const READ_EVERY_MS = 5000;
const DOUBLINGS_AT_MOST = 6;
const AFTER_REFUSAL_MS = 60_000;

export interface GoalKeeperParts {
  clock: Clock;
  /** The time zone of this device; undefined where the browser does not say. */
  zone: string | undefined;
  /** The server's time, as far as it is known (ms). */
  now: () => number;
  isBusy: (place: string) => boolean;
  order: (path: CommandPath, body: Record<string, unknown>, place: string) => void;
  load: () => void;
}

/** Checks in after the day's first tap, tells the game the player's time zone, and reads progress when taps change it. */
export class GoalKeeper {
  private view: ProgressView | null = null;
  private taps = 0;
  private taps_when_read = 0;
  private read_at_ms: number;
  private scheduled = false;
  private fruitless = 0;
  private zone_told = false;
  private rest_until_ms = 0;

  constructor(private readonly parts: GoalKeeperParts) {
    this.read_at_ms = parts.clock.mono(); // The page begins by reading it.
  }

  /** Progress was read. */
  read(view: ProgressView): void {
    const { zone, isBusy, order, now, clock } = this.parts;
    this.view = view;
    this.taps_when_read = this.taps;
    this.read_at_ms = clock.mono();
    this.fruitless = 0;
    const { streak } = view;
    if (streak.zone === "" && zone && !this.zone_told) {
      this.zone_told = true;
      order("/economy/zone", { zone }, `${OWN_ACCORD}zone`);
    }
    if (streak.due && streak.tapped && now() >= this.rest_until_ms && !isBusy(CHECK_IN)) order("/economy/checkin", {}, CHECK_IN);
  }

  /** The server has counted so many paid taps of the player. */
  counted(taps: number): void {
    this.taps = taps;
    const more = taps - this.taps_when_read;
    if (more > 0 && (!this.view || this.isNews(this.view, more))) this.readSoon();
  }

  /** A check-in was answered, or refused: the next one is not before `next_at_ms`. */
  checkedIn(next_at_ms: unknown): void {
    this.rest_until_ms = typeof next_at_ms === "number" ? next_at_ms : this.parts.now() + AFTER_REFUSAL_MS;
  }

  private isNews(view: ProgressView, taps: number): boolean {
    const { due, next_at_ms } = view.streak;
    return this.parts.now() >= Math.max(this.rest_until_ms, due ? 0 : next_at_ms) || taps >= tapsToNext(view);
  }

  private readSoon(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    const { clock, load } = this.parts;
    const pause_ms = READ_EVERY_MS * 2 ** this.fruitless;
    clock.after(Math.max(0, this.read_at_ms + pause_ms - clock.mono()), () => {
      this.scheduled = false;
      this.read_at_ms = clock.mono();
      this.fruitless = Math.min(this.fruitless + 1, DOUBLINGS_AT_MOST); // Until it is read.
      load();
    });
  }
}
