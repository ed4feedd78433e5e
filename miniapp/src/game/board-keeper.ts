import { ApiError } from "../api/client";
import type { Leaderboard, Standing } from "../api/types";
import { backoffMs } from "./backoff";
import type { Clock } from "./clock";

export interface BoardState {
  period: string;
  board: Leaderboard | null;
  /** The own rank and neighbours; null until known. */
  standing: Standing | null;
  failed: boolean;
}

export interface BoardParts {
  clock: Clock;
  random: () => number;
  /** The board, or null where it is still the one with this ETag. */
  load(period: string, etag: string | null): Promise<{ board: Leaderboard | null; etag: string | null }>;
  /** The own standing in that period; null while there is no session to ask with. */
  loadStanding(period: string): Promise<Standing | null>;
  onState(state: BoardState): void;
}

/** The server computes the board this seldom. */
const EVERY_MS = 5000;

/** Loads the leaderboard when it is seen and the server says that it changed; not otherwise. */
export class BoardKeeper {
  private state: BoardState = { period: "all", board: null, standing: null, failed: false };
  private seen = false;
  private announced: number | null = null;
  private loaded_for: number | null | undefined = undefined;
  private etag: string | null = null;
  private busy = false;
  private failures = 0;
  private next_at = Number.NEGATIVE_INFINITY;
  private cancel: () => void = () => undefined;

  constructor(private readonly parts: BoardParts) {}

  /** Whether the board is on the screen. */
  setSeen(seen: boolean): void {
    this.seen = seen;
    this.schedule();
  }

  /** The version that the last answer of the server named. */
  announce(version: number | null): void {
    if (version === this.announced) return;
    this.announced = version;
    this.schedule();
  }

  setPeriod(period: string): void {
    if (period === this.state.period) return;
    this.state = { ...this.state, period, board: null, standing: null };
    this.etag = null;
    this.reload();
  }

  /** The session is new or the player has another name: what is shown is no longer so. */
  reload(): void {
    this.loaded_for = undefined;
    this.next_at = Number.NEGATIVE_INFINITY;
    this.parts.onState(this.state);
    this.schedule();
  }

  private schedule(): void {
    this.cancel();
    const stale = this.loaded_for === undefined || this.loaded_for !== this.announced;
    if (!this.seen || this.busy || !stale) return;
    const wait_ms = Math.max(0, this.next_at - this.parts.clock.mono());
    this.cancel = this.parts.clock.after(wait_ms, () => void this.load());
  }

  private async load(): Promise<void> {
    this.busy = true;
    const { period } = this.state;
    const wanted = this.announced;
    try {
      const [{ board, etag }, standing] = await Promise.all([
        this.parts.load(period, this.etag),
        this.parts.loadStanding(period).catch(() => null),
      ]);
      if (period === this.state.period) {
        this.etag = etag;
        this.loaded_for = wanted;
        this.state = {
          period,
          board: board ?? this.state.board,
          standing: standing ?? this.state.standing,
          failed: false,
        };
      }
      this.failures = 0;
      this.next_at = period === this.state.period ? this.parts.clock.mono() + EVERY_MS : Number.NEGATIVE_INFINITY;
    } catch (error) {
      this.failures += 1;
      const asked_ms = error instanceof ApiError ? error.retry_after_ms : 0;
      this.next_at = this.parts.clock.mono() + backoffMs(this.failures, this.parts.random, asked_ms);
      this.state = { ...this.state, failed: true };
    } finally {
      this.busy = false;
      this.parts.onState(this.state);
      this.schedule();
    }
  }
}
