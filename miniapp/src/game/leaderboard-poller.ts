import { ApiError } from "../api/client";
import type { Leaderboard, Period, PlayerRank } from "../api/types";
import { backoffMs } from "./backoff";
import type { Clock } from "./clock";

export interface LeaderboardState {
  period: Period;
  leaderboard: Leaderboard | null;
  /** The player's rank and neighbours; null until known. */
  rank: PlayerRank | null;
  failed: boolean;
}

export interface LeaderboardPollerParts {
  clock: Clock;
  random: () => number;
  /** The leaderboard, or null if it still is the one with this ETag. */
  load(period: Period, etag: string | null): Promise<{ leaderboard: Leaderboard | null; etag: string | null }>;
  /** The player's rank in that period; null while there is no session to ask with. */
  loadRank(period: Period): Promise<PlayerRank | null>;
  onState(state: LeaderboardState): void;
}

/** The server computes the leaderboard this often. */
const POLL_EVERY_MS = 5000;

/** Loads the leaderboard only while it is on the screen, and only when the server has announced a new version. */
export class LeaderboardPoller {
  private state: LeaderboardState = { period: "all", leaderboard: null, rank: null, failed: false };
  private on_screen = false;
  private latest_version: number | null = null;
  private loaded_version: number | null | undefined = undefined;
  private etag: string | null = null;
  private busy = false;
  private failures = 0;
  private next_at = Number.NEGATIVE_INFINITY;
  private cancel: () => void = () => undefined;

  constructor(private readonly parts: LeaderboardPollerParts) {}

  setOnScreen(on_screen: boolean): void {
    this.on_screen = on_screen;
    this.schedule();
  }

  /** The version in the server's last answer. */
  setLatestVersion(version: number | null): void {
    if (version === this.latest_version) return;
    this.latest_version = version;
    this.schedule();
  }

  setPeriod(period: Period): void {
    if (period === this.state.period) return;
    this.state = { ...this.state, period, leaderboard: null, rank: null };
    this.etag = null;
    this.reload();
  }

  /** Loads again at once: the session is new or the player was renamed, so what is shown is stale. */
  reload(): void {
    this.loaded_version = undefined;
    this.next_at = Number.NEGATIVE_INFINITY;
    this.parts.onState(this.state);
    this.schedule();
  }

  private schedule(): void {
    this.cancel();
    const stale = this.loaded_version === undefined || this.loaded_version !== this.latest_version;
    if (!this.on_screen || this.busy || !stale) return;
    const wait_ms = Math.max(0, this.next_at - this.parts.clock.mono());
    this.cancel = this.parts.clock.after(wait_ms, () => void this.load());
  }

  private async load(): Promise<void> {
    this.busy = true;
    const { period } = this.state;
    const version = this.latest_version;
    try {
      const [{ leaderboard, etag }, rank] = await Promise.all([
        this.parts.load(period, this.etag),
        this.parts.loadRank(period).catch(() => null),
      ]);
      if (period === this.state.period) {
        this.etag = etag;
        this.loaded_version = version;
        this.state = {
          period,
          leaderboard: leaderboard ?? this.state.leaderboard,
          rank: rank ?? this.state.rank,
          failed: false,
        };
      }
      this.failures = 0;
      this.next_at = period === this.state.period ? this.parts.clock.mono() + POLL_EVERY_MS : Number.NEGATIVE_INFINITY;
    } catch (error) {
      this.failures += 1;
      const retry_after_ms = error instanceof ApiError ? error.retry_after_ms : 0;
      this.next_at = this.parts.clock.mono() + backoffMs(this.failures, this.parts.random, retry_after_ms);
      this.state = { ...this.state, failed: true };
    } finally {
      this.busy = false;
      this.parts.onState(this.state);
      this.schedule();
    }
  }
}
