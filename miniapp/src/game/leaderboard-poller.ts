import { ApiError } from "../api/client";
import type { Leaderboard, Period, PlayerRank } from "../api/types";
import { backoffMs } from "./backoff";
import { changed } from "./board-change";
import type { Clock } from "./clock";
import type { BoardAnswer, BoardRider } from "./ports";

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
/** How long after it is due an answer may bring the leaderboard. */
const LATE_MS = 2000;
const RANK_EVERY_MS = 20_000;
/** Ranks, and boards of periods, come in no other answer: they are loaded once in so many of the game's intervals. */
const RANK_INTERVALS = 24;
const PERIOD_INTERVALS = 6;
const NOW = Number.NEGATIVE_INFINITY;

/**
 * Keeps the leaderboard up to date while it is on the screen. The all-time one comes in the answers to clicks and
 * heartbeats, and is loaded only where none of them has brought it for a while.
 */
export class LeaderboardPoller implements BoardRider {
  private state: LeaderboardState = { period: "all", leaderboard: null, rank: null, failed: false };
  private on_screen = false;
  private flush_every_ms = 1000;
  private etag: string | null = null;
  private busy = false;
  private failures = 0;
  private retry_at = NOW;
  private board_due_at = NOW;
  private rank_due_at = NOW;
  private cancel: () => void = () => undefined;

  constructor(private readonly parts: LeaderboardPollerParts) {}

  setOnScreen(on_screen: boolean): void {
    this.on_screen = on_screen;
    this.schedule();
  }

  /** The version to ask an answer for what has changed since: null while nobody looks, 0 for the whole leaderboard. */
  since(): number | null {
    if (!this.on_screen || this.state.period !== "all") return null;
    return this.state.leaderboard?.version ?? 0;
  }

  answered(since: number | null, { board, leaderboard_version, flush_every_ms }: BoardAnswer): void {
    this.flush_every_ms = flush_every_ms;
    if (since === null || this.state.period !== "all") return;
    const { leaderboard } = this.state;
    if (board) {
      const next = changed(leaderboard?.version === since ? leaderboard : null, board);
      if (!next) return;
      this.etag = null;
      this.state = { ...this.state, leaderboard: next, failed: false };
      this.parts.onState(this.state);
    } else if (leaderboard?.version !== leaderboard_version) return; // An older server, or none is known yet.
    this.board_due_at = this.parts.clock.mono() + this.boardEveryMs();
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
    this.retry_at = this.board_due_at = this.rank_due_at = NOW;
    this.parts.onState(this.state);
    this.schedule();
  }

  private boardEveryMs(): number {
    const intervals = this.state.period === "all" ? 1 : PERIOD_INTERVALS;
    return Math.max(POLL_EVERY_MS, intervals * this.flush_every_ms + LATE_MS);
  }

  private rankEveryMs(): number {
    if (this.state.rank?.clicks === 0) return this.boardEveryMs(); // The first taps show at once.
    return Math.max(RANK_EVERY_MS, RANK_INTERVALS * this.flush_every_ms);
  }

  private schedule(): void {
    this.cancel();
    if (!this.on_screen || this.busy) return;
    const due = Math.max(this.retry_at, Math.min(this.board_due_at, this.rank_due_at));
    const wait_ms = Math.max(0, due - this.parts.clock.mono());
    this.cancel = this.parts.clock.after(wait_ms, () => void this.load());
  }

  private async load(): Promise<void> {
    this.busy = true;
    const { period } = this.state;
    const now = this.parts.clock.mono();
    try {
      await Promise.all([
        this.board_due_at <= now && this.loadBoard(period),
        this.rank_due_at <= now && this.loadRank(period),
      ]);
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      const retry_after_ms = error instanceof ApiError ? error.retry_after_ms : 0;
      if (period === this.state.period) {
        this.retry_at = this.parts.clock.mono() + backoffMs(this.failures, this.parts.random, retry_after_ms);
        this.state = { ...this.state, failed: true };
      }
    } finally {
      this.busy = false;
      this.parts.onState(this.state);
      this.schedule();
    }
  }

  private async loadBoard(period: Period): Promise<void> {
    const { leaderboard, etag } = await this.parts.load(period, this.etag);
    if (period !== this.state.period) return;
    this.etag = etag;
    this.board_due_at = this.parts.clock.mono() + this.boardEveryMs();
    this.state = { ...this.state, leaderboard: leaderboard ?? this.state.leaderboard, failed: false };
  }

  private async loadRank(period: Period): Promise<void> {
    const rank = await this.parts.loadRank(period).catch(() => null);
    if (period !== this.state.period) return;
    this.state = { ...this.state, rank: rank ?? this.state.rank };
    this.rank_due_at = this.parts.clock.mono() + this.rankEveryMs();
  }
}
