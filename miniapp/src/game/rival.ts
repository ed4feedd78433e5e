import type { LeaderboardEntry, PlayerRank } from "../api/types";
import { ApiError } from "../api/client";
import type { Clock } from "./clock";

/** The player's place on the all-time leaderboard, live between the server's answers. */
export interface Chase {
  rank: number;
  /** The next player above; null for the first, and while nobody further above is known. */
  rival: { id: string; name: string | null; taps_to_pass: number } | null;
}

/** Where a score stands among the neighbours that the server last named. On a tie, who got there first is ahead. */
export function chaseOf(own: PlayerRank, score: number): Chase {
  const above = own.around.filter((entry) => entry.rank < own.rank);
  const ahead = above.filter((entry) => entry.clicks >= score);
  const next = ahead.at(-1);
  const rival = next ? { id: next.id, name: next.public_name || next.username, taps_to_pass: next.clicks - score + 1 } : null;
  return { rank: own.rank - (above.length - ahead.length), rival };
}

/** Who is passed when the score goes from one number to another, the nearest first. */
export function passedBetween(own: PlayerRank, from: number, to: number): LeaderboardEntry[] {
  const isPassed = (entry: LeaderboardEntry) => entry.rank < own.rank && entry.clicks >= from && entry.clicks < to;
  return own.around.filter(isPassed).reverse();
}

/** One answer names five rivals, so it serves for a while; it costs a request. */
const STALE_MS = 60_000;
const STALE_AFTER_PASSING_MS = 20_000;
const AT_LEAST_MS = 10_000;

export interface RivalWatchParts {
  clock: Clock;
  /** The player's rank of all time; null while there is no session to ask with. */
  load(): Promise<PlayerRank | null>;
  onRank(own: PlayerRank): void;
}

/**
 * Asks for the player's rank when the page opens, and then only while the player taps: once a minute, or after 20 s
 * where somebody was passed, or 10 s where all known rivals were.
 */
export class RivalWatch {
  private own: PlayerRank | null = null;
  private next_at = 0;
  private asked_at = Number.NEGATIVE_INFINITY;
  private busy = false;

  constructor(private readonly parts: RivalWatchParts) {}

  /** Signed in: nothing is known yet. */
  opened(): void {
    if (!this.own) void this.ask();
  }

  /** The leaderboard has loaded the rank anyway. */
  learn(own: PlayerRank): void {
    this.own = own;
    this.next_at = this.parts.clock.mono() + STALE_MS;
    this.parts.onRank(own);
  }

  /** The score has risen; returns who was passed. */
  scored(from: number, to: number): LeaderboardEntry[] {
    if (!this.own) {
      this.askIfDue();
      return [];
    }
    const passed = passedBetween(this.own, from, to);
    if (passed.length > 0) this.soon(STALE_AFTER_PASSING_MS);
    const { rank, rival } = chaseOf(this.own, to);
    if (rival === null && rank > 1) this.soon(AT_LEAST_MS);
    this.askIfDue();
    return passed;
  }

  /** Makes the answer stale once it is `age_ms` old. */
  private soon(age_ms: number): void {
    this.next_at = Math.min(this.next_at, this.asked_at + age_ms);
  }

  private askIfDue(): void {
    if (this.parts.clock.mono() >= this.next_at) void this.ask();
  }

  private async ask(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.asked_at = this.parts.clock.mono();
    this.next_at = this.asked_at + STALE_MS;
    try {
      const own = await this.parts.load();
      if (own) this.learn(own);
      else this.next_at = 0; // Not signed in yet.
    } catch (error) {
      const retry_after_ms = error instanceof ApiError ? error.retry_after_ms : 0;
      this.next_at = this.parts.clock.mono() + Math.max(STALE_MS, retry_after_ms);
    } finally {
      this.busy = false;
    }
  }
}
