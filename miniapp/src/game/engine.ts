import { ApiError, type Api } from "../api/client";
import type { Player, SessionOpened, Totals } from "../api/types";
import { backoffMs } from "./backoff";
import { TokenBucket } from "./bucket";
import type { Clock } from "./clock";
import { TapCounter, type SessionRecord } from "./counter";

/**
 * - `connecting`: no session yet. `online`: all is well. `syncing`: taps wait longer than usual.
 * - `offline`: the server does not answer. `paused`: the session ended, a tap reopens it.
 * - `expired`: Telegram's launch data is too old, only opening the app anew helps.
 */
export type Status = "connecting" | "online" | "syncing" | "offline" | "paused" | "expired";

export type Notice = "too_fast" | "corrected";

export interface GameState {
  status: Status;
  /** The code that made it `expired` or `offline`. */
  reason: string | null;
  clicks: number;
  pending: number;
  player: Player | null;
  /** Clicks of everybody, own pending taps included. */
  totals: Totals;
  leaderboard_version: number | null;
}

/** Where the engine keeps its session between pages. */
export interface SessionHome {
  /** The session to play, new or stored; owned by this page alone. */
  claim(): Promise<SessionRecord>;
  save(record: SessionRecord, bucket_level: number): void;
  /** The pacing level that the last page, or another tab, left. */
  bucketLevel(): number;
  /** A fresh session once this one is old; null while it may be used on. */
  successor(record: SessionRecord): Promise<SessionRecord | null>;
}

export interface EngineParts {
  api: Pick<Api, "openSession" | "clicks" | "heartbeat">;
  clock: Clock;
  random: () => number;
  home: SessionHome;
  init_data: string;
  onState: (state: GameState) => void;
  onNotice: (notice: Notice) => void;
}

type Phase = "loading" | "closed" | "open" | "paused" | "expired";

/** A first tap waits this long for company. */
const GATHER_MS = 250;
const SAVE_EVERY_MS = 400;
/** Losing a session within this time of opening it counts as a failure, or it would loop. */
const SHORT_SESSION_MS = 5000;

/** Counts taps at once and brings them to the server: one request at a time, never too fast. */
export class Engine {
  readonly counter = new TapCounter();
  private readonly limiter: TokenBucket;
  private readonly pace: TokenBucket;
  private phase: Phase = "loading";
  private reason: string | null = null;
  private record: SessionRecord | null = null;
  private token: string | null = null;
  private player: Player | null = null;
  private totals: Totals = { clicks: 0, players: 0, active: 0 };
  private board_version: number | null = null;
  private busy = false;
  private visible = true;
  private failures = 0;
  private unreachable = false;
  private retry_at = 0;
  private contact_at = 0;
  private opened_at = Number.NEGATIVE_INFINITY;
  private in_flight = 0;
  private sent_at = Number.NEGATIVE_INFINITY;
  private pending_since: number | null = null;
  private flush_every_ms = 1000;
  private heartbeat_every_ms = 20_000;
  private cancelTimer: () => void = () => undefined;
  private cancelSave: (() => void) | null = null;

  constructor(private readonly parts: EngineParts) {
    const mono = () => parts.clock.mono();
    this.limiter = new TokenBucket(mono);
    this.pace = new TokenBucket(mono, undefined, undefined, parts.home.bucketLevel());
  }

  async start(): Promise<void> {
    this.adopt(await this.parts.home.claim());
    this.phase = "closed";
    this.publish();
    this.schedule();
  }

  /** Counts one tap; false where it came faster than the game counts. */
  tap(): boolean {
    if (!this.limiter.take(1)) {
      this.parts.onNotice("too_fast");
      return false;
    }
    this.counter.tap();
    this.pending_since ??= this.mono();
    if (this.phase === "paused") this.phase = "closed";
    this.saveSoon();
    this.publish();
    this.schedule();
    return true;
  }

  setVisible(visible: boolean): void {
    if (this.visible === visible) return;
    this.visible = visible;
    if (visible) this.hurry(500);
    else this.flushLast();
    this.schedule();
  }

  /** The network is said to be back. */
  networkBack(): void {
    this.hurry(1000);
    this.schedule();
  }

  /** The network is said to be gone: the pill says so at once, taps go on. */
  networkLost(): void {
    this.unreachable = true;
    this.publish();
  }

  /** Writes and sends what there is: the page may be gone the next moment. */
  flushLast(): void {
    this.save();
    const sendable = this.counter.pending > 0 && this.counter.waitMs(this.pace) === 0;
    if (this.phase !== "open" || this.token === null || !sendable) return;
    if (this.in_flight >= this.counter.taps) return; // It outlives the page by itself.
    const token = this.token;
    const target = this.counter.take(this.pace);
    this.save();
    this.parts.api.clicks(token, target).then(
      (answer) => this.clicked(target, answer),
      () => undefined, // Still pending: whoever plays this session next sends it again.
    );
  }

  renamed(player: Player): void {
    this.player = { ...(this.player ?? player), ...player };
    this.publish();
  }

  /** The session's token for the API's other calls; null while there is none. */
  get sessionToken(): string | null {
    return this.phase === "open" ? this.token : null;
  }

  stop(): void {
    this.cancelTimer();
    this.save();
    this.phase = "expired";
  }

  private mono(): number {
    return this.parts.clock.mono();
  }

  private adopt(record: SessionRecord): void {
    this.record = record;
    this.counter.restore(record);
    if (this.counter.pending > 0) this.pending_since ??= this.mono();
  }

  /** Comes back soon whatever the backoff said, spread over `spread_ms`. */
  private hurry(spread_ms: number): void {
    const soon = this.mono() + this.parts.random() * spread_ms;
    this.retry_at = Math.min(this.retry_at, soon);
    this.contact_at = Math.min(this.contact_at, soon - this.heartbeat_every_ms);
  }

  private schedule(): void {
    this.cancelTimer();
    if (this.busy) return;
    const due = this.due();
    if (!Number.isFinite(due)) return;
    const at = Math.max(due, this.retry_at);
    this.cancelTimer = this.parts.clock.after(Math.max(0, at - this.mono()), () => void this.run());
  }

  /** When there is something to ask of the server, in monotonic ms. */
  private due(): number {
    const never = Number.POSITIVE_INFINITY;
    const { pending } = this.counter;
    if (this.phase === "closed") return this.visible || pending > 0 ? this.mono() : never;
    if (this.phase !== "open") return never;
    if (pending > 0) return this.sendDue();
    return this.visible ? this.contact_at + this.heartbeat_every_ms : never;
  }

  private sendDue(): number {
    const gathered = (this.pending_since ?? this.mono()) + GATHER_MS;
    const allowed = this.mono() + this.counter.waitMs(this.pace);
    return Math.max(this.sent_at + this.flush_every_ms, Math.min(gathered, this.mono() + GATHER_MS), allowed);
  }

  private async run(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      if (this.phase === "closed") await this.open();
      else if (this.counter.pending > 0) await this.send();
      else await this.beat();
      this.failures = 0;
      this.unreachable = false;
      this.reason = null;
    } catch (error) {
      this.failed(error);
    } finally {
      this.busy = false;
      this.publish();
      this.schedule();
    }
  }

  private async open(): Promise<void> {
    const { home, api, init_data } = this.parts;
    this.save();
    const next = this.record && (await home.successor(this.record));
    if (next) this.succeed(next);
    const record = this.record as SessionRecord;
    const answer = await api.openSession(init_data, record.session_id);
    this.counter.opened({ taps: answer.taps, clicks: answer.player.clicks });
    this.opened(answer);
    this.save();
  }

  /** Goes on in a new session, which carries the old one's unsent taps. */
  private succeed(next: SessionRecord): void {
    this.counter.taps = 0;
    this.adopt(next);
  }

  private opened(answer: SessionOpened): void {
    this.token = answer.token;
    this.player = answer.player;
    this.totals = answer.totals;
    this.flush_every_ms = answer.flush_every_ms;
    this.heartbeat_every_ms = answer.heartbeat_every_ms;
    this.phase = "open";
    this.opened_at = this.contact_at = this.mono();
    if (this.counter.pending === 0) this.pending_since = null;
  }

  private async send(): Promise<void> {
    this.pace.lower(this.parts.home.bucketLevel()); // What other tabs of this player took.
    const target = this.counter.take(this.pace);
    this.sent_at = this.mono();
    this.save();
    this.in_flight = target;
    try {
      this.clicked(target, await this.parts.api.clicks(this.token as string, target));
    } finally {
      this.in_flight = 0;
    }
  }

  private clicked(target: number, answer: Awaited<ReturnType<Api["clicks"]>>): void {
    const shown = this.counter.shown;
    this.counter.acknowledge({ taps: answer.taps, clicks: answer.clicks });
    // Charged only now, however long ago we sent it first: so much the server has less.
    this.pace.lower(this.pace.capacity - answer.accepted);
    if (this.counter.shown < shown) {
      // Another device of this player used the allowance up: what is refused stays refused.
      const refused = answer.taps >= target;
      if (refused) this.pace.lower(0);
      this.parts.onNotice(refused ? "too_fast" : "corrected");
    }
    this.totals = { ...this.totals, clicks: answer.total_clicks };
    this.board_version = answer.leaderboard_version;
    this.flush_every_ms = answer.flush_every_ms;
    this.contact_at = this.mono();
    this.pending_since = this.counter.pending > 0 ? this.mono() : null;
    this.save();
    this.publish();
  }

  private async beat(): Promise<void> {
    const quiet = this.counter.taps;
    const answer = await this.parts.api.heartbeat(this.token as string);
    this.contact_at = this.mono();
    this.totals = { ...this.totals, clicks: answer.total_clicks, active: answer.active };
    this.board_version = answer.leaderboard_version;
    this.flush_every_ms = answer.flush_every_ms;
    this.heartbeat_every_ms = answer.heartbeat_every_ms;
    if (answer.clicks < this.counter.clicks) {
      // The server lost data. Opening tells its watermark, and the rest is sent at its pace.
      this.phase = "closed";
    } else if (quiet === this.counter.watermark) {
      this.counter.clicks = answer.clicks; // Other sessions of this player played on.
    }
  }

  private failed(error: unknown): void {
    const refusal = error instanceof ApiError ? error : new ApiError(0, "internal", String(error));
    const brief = this.mono() - this.opened_at < SHORT_SESSION_MS;
    this.reason = refusal.code;
    this.unreachable = refusal.status === 0 || refusal.status >= 500;
    if (refusal.status === 410) {
      this.phase = this.counter.pending > 0 ? "closed" : "paused";
      if (!brief) return;
    } else if (refusal.status === 401 && refusal.code.startsWith("init_data")) {
      this.phase = "expired";
      return;
    } else if (refusal.status === 401) {
      this.phase = "closed";
      if (!brief) return;
    }
    this.failures += 1;
    this.retry_at = this.mono() + backoffMs(this.failures, this.parts.random, refusal.retry_after_ms);
  }

  private saveSoon(): void {
    this.cancelSave ??= this.parts.clock.after(SAVE_EVERY_MS, () => this.save());
  }

  private save(): void {
    this.cancelSave?.();
    this.cancelSave = null;
    if (!this.record) return;
    const { taps, watermark, sent, clicks } = this.counter;
    const updated_at_ms = this.parts.clock.now();
    this.record = { ...this.record, taps, watermark, sent, clicks, updated_at_ms };
    this.parts.home.save(this.record, this.pace.exact());
  }

  private status(): Status {
    if (this.phase === "expired" || this.phase === "paused") return this.phase;
    if (this.unreachable) return "offline";
    if (this.phase !== "open") return this.token === null ? "connecting" : "syncing";
    const waited = this.pending_since === null ? 0 : this.mono() - this.pending_since;
    const late = waited > 2 * this.flush_every_ms + 1000;
    return late || this.failures > 0 || this.counter.pending > this.pace.capacity ? "syncing" : "online";
  }

  private publish(): void {
    const { pending, shown } = this.counter;
    this.parts.onState({
      status: this.status(),
      reason: this.reason,
      clicks: shown,
      pending,
      player: this.player,
      totals: { ...this.totals, clicks: this.totals.clicks + pending },
      leaderboard_version: this.board_version,
    });
  }
}
