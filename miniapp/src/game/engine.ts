import type { ClicksAnswer, Player, SessionOpened, Totals } from "../api/types";
import { TokenBucket } from "./bucket";
import { TapCounter, type SessionRecord } from "./counter";
import { Health } from "./health";
import type { EngineParts } from "./ports";
import { statusOf, type Phase } from "./state";

/** A first tap waits this long for company. */
const GATHER_MS = 250;
const SAVE_EVERY_MS = 400;
const NEVER = Number.POSITIVE_INFINITY;

/** Counts taps at once and brings them to the server: one request at a time, never too fast. */
export class Engine {
  readonly counter = new TapCounter();
  /** What the server would credit now, for all that this page sends. */
  readonly pace: TokenBucket;
  private readonly limiter: TokenBucket;
  private readonly health: Health;
  private phase: Phase = "loading";
  private record: SessionRecord | null = null;
  private token: string | null = null;
  private player: Player | null = null;
  private totals: Totals = { clicks: 0, players: 0, active: 0 };
  private board_version: number | null = null;
  private busy = false;
  private visible = true;
  private in_flight = 0;
  private contact_at = 0;
  private sent_at = Number.NEGATIVE_INFINITY;
  private pending_since: number | null = null;
  private flush_every_ms = 1000;
  private heartbeat_every_ms = 20_000;
  private cancelTimer: () => void = () => undefined;
  private cancelSave: (() => void) | null = null;

  constructor(private readonly parts: EngineParts) {
    const mono = () => parts.clock.mono();
    this.health = new Health(parts.clock, parts.random);
    this.limiter = new TokenBucket(mono);
    this.pace = new TokenBucket(mono, undefined, undefined, parts.home.bucketLevel());
  }

  async start(): Promise<void> {
    this.adopt(await this.parts.home.claim());
    if (this.phase === "loading") this.phase = "closed";
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
    this.cancelSave ??= this.parts.clock.after(SAVE_EVERY_MS, () => this.save());
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
    this.health.unreachable = true;
    this.publish();
  }

  /** Writes and sends what there is: the page may be gone the next moment. */
  flushLast(): void {
    this.save();
    const sendable = this.counter.pending > 0 && this.counter.waitMs(this.pace) === 0;
    if (this.phase !== "open" || this.token === null || !sendable) return;
    if (this.in_flight >= this.counter.taps) return; // It outlives the page by itself.
    // Where it fails the taps stay pending: whoever plays this session next sends them again.
    this.deliver().catch(() => undefined);
  }

  renamed(player: Partial<Player>): void {
    if (this.player) this.player = { ...this.player, ...player };
    this.publish();
  }

  /** The token for the API's other calls; null while there is none. It outlives the session that it was made for. */
  get sessionToken(): string | null {
    return this.phase === "expired" || this.phase === "stopped" ? null : this.token;
  }

  stop(): void {
    this.cancelTimer();
    this.save();
    this.phase = "stopped";
  }

  private mono(): number {
    return this.parts.clock.mono();
  }

  private adopt(record: SessionRecord): void {
    this.record = record;
    this.counter.restore(record);
    if (this.counter.pending > 0) this.pending_since ??= this.mono();
  }

  private hurry(spread_ms: number): void {
    const soon = this.health.hurry(spread_ms);
    this.contact_at = Math.min(this.contact_at, soon - this.heartbeat_every_ms);
  }

  private schedule(): void {
    this.cancelTimer();
    const due = this.busy ? NEVER : this.due();
    if (due === NEVER) return;
    const at = Math.max(due, this.health.retry_at);
    this.cancelTimer = this.parts.clock.after(Math.max(0, at - this.mono()), () => void this.run());
  }

  /** When there is something to ask of the server, in monotonic ms. */
  private due(): number {
    const { pending } = this.counter;
    if (this.phase === "closed") return this.visible || pending > 0 ? this.mono() : NEVER;
    if (this.phase !== "open") return NEVER;
    if (pending > 0) return this.sendDue();
    return this.visible ? this.contact_at + this.heartbeat_every_ms : NEVER;
  }

  private sendDue(): number {
    const gathered = (this.pending_since ?? this.mono()) + GATHER_MS;
    const credited = this.mono() + this.counter.waitMs(this.pace);
    return Math.max(this.sent_at + this.flush_every_ms, gathered, credited);
  }

  private async run(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      if (this.phase === "closed") await this.open();
      else if (this.counter.pending > 0) await this.send();
      else await this.beat();
      this.health.answered();
    } catch (error) {
      this.failed(error);
    } finally {
      this.busy = false;
      this.publish();
      this.schedule();
    }
  }

  private async open(): Promise<void> {
    const { home } = this.parts;
    this.save();
    let record = this.record as SessionRecord;
    const old = home.isOld(record);
    if (old && this.counter.pending === 0) record = await this.succeed();
    let answer = await this.parts.api.openSession(this.parts.init_data, record.session_id);
    if (old && answer.taps < record.watermark) {
      // The server forgot this session, and would count all of it a second time.
      this.save();
      record = await this.succeed();
      answer = await this.parts.api.openSession(this.parts.init_data, record.session_id);
    }
    this.opened(answer);
  }

  /** Goes on in a new session, which carries the old one's unsent taps. */
  private async succeed(): Promise<SessionRecord> {
    const last = this.record as SessionRecord;
    const next = await this.parts.home.succeed(last);
    this.counter.taps -= last.taps; // What is left was tapped meanwhile.
    this.adopt(next);
    return next;
  }

  /** Credited some time since the last answer, maybe just now: so much the server has less. */
  private charged(taps: number): void {
    this.pace.lower(this.pace.capacity - taps);
  }

  private opened(answer: SessionOpened): void {
    this.charged(answer.taps - this.counter.watermark);
    this.counter.opened({ taps: answer.taps, clicks: answer.player.clicks });
    this.token = answer.token;
    this.player = answer.player;
    this.totals = answer.totals;
    this.flush_every_ms = answer.flush_every_ms;
    this.heartbeat_every_ms = answer.heartbeat_every_ms;
    if (this.phase === "closed") this.phase = "open";
    this.health.opened();
    this.contact_at = this.mono();
    if (this.counter.pending === 0) this.pending_since = null;
    this.save();
  }

  private async send(): Promise<void> {
    this.pace.lower(this.parts.home.bucketLevel()); // What other tabs of this player took.
    this.sent_at = this.mono();
    await this.deliver();
  }

  private async deliver(): Promise<void> {
    const target = this.counter.take(this.pace);
    this.in_flight = target;
    this.save(); // First, so that no later page knows of less than the server.
    try {
      this.clicked(target, await this.parts.api.clicks(this.token as string, target));
    } finally {
      this.in_flight = 0;
    }
  }

  private clicked(target: number, answer: ClicksAnswer): void {
    const shown = this.counter.shown;
    this.charged(answer.taps - this.counter.watermark);
    this.counter.acknowledge({ taps: answer.taps, clicks: answer.clicks });
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
    const taps = this.counter.taps;
    const answer = await this.parts.api.heartbeat(this.token as string);
    this.contact_at = this.mono();
    this.totals = { ...this.totals, clicks: answer.total_clicks, active: answer.active };
    this.board_version = answer.leaderboard_version;
    this.flush_every_ms = answer.flush_every_ms;
    this.heartbeat_every_ms = answer.heartbeat_every_ms;
    if (answer.clicks < this.counter.clicks) {
      // The server lost data. Opening tells its watermark, and the rest is sent at its pace.
      this.phase = "closed";
    } else if (taps === this.counter.watermark) {
      this.counter.clicks = answer.clicks; // Other sessions of this player played on.
    }
  }

  private failed(error: unknown): void {
    const verdict = this.health.failed(error);
    if (this.phase === "stopped" || verdict === "retry") return;
    if (verdict === "expired") this.phase = "expired";
    else this.phase = verdict === "reopen" || this.counter.pending > 0 ? "closed" : "paused";
  }

  private save(): void {
    this.cancelSave?.();
    this.cancelSave = null;
    if (!this.record || this.phase === "stopped") return;
    const { taps, watermark, sent, clicks } = this.counter;
    const updated_at_ms = this.parts.clock.now();
    this.record = { ...this.record, taps, watermark, sent, clicks, updated_at_ms };
    this.parts.home.save(this.record, this.pace.exact());
  }

  /** Tells the state; also the watchdog does, for what was fine may be late by now. */
  publish(): void {
    const { pending, shown } = this.counter;
    this.parts.onState({
      status: statusOf(this.phase, this.health, {
        signed_in: this.token !== null,
        waited_ms: this.pending_since === null ? 0 : this.mono() - this.pending_since,
        flush_every_ms: this.flush_every_ms,
        backlog: pending > this.pace.capacity,
      }),
      reason: this.health.reason,
      clicks: shown,
      pending,
      player: this.player,
      totals: { ...this.totals, clicks: this.totals.clicks + pending },
      leaderboard_version: this.board_version,
    });
  }
}
