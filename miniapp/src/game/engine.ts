import type { ClicksAnswer, Energy, Newcomer, Player, SessionOpened, Totals } from "../api/types";
import { safeRate } from "./allowance";
import { paidTapsOf, type PaidTaps } from "./energy";
import { Health } from "./health";
import type { EngineParts } from "./ports";
import type { SessionRecord } from "./session-record";
import { statusOf, type Phase } from "./state";
import { TapCounter } from "./tap-counter";
import { sameRate, TokenBucket, type Rate } from "./token-bucket";

/** The first tap of a batch waits this long for more. */
const BATCH_MS = 250;
const SAVE_EVERY_MS = 400;
/** A session that is this old is opened again after a refusal, to learn the allowance. */
const REOPEN_AFTER_MS = 60_000;
const NEVER = Number.POSITIVE_INFINITY;

/** Counts taps immediately and sends them to the server: one request at a time, never faster than it credits. */
export class Engine {
  readonly counter = new TapCounter();
  /** What the server would credit now, over everything that this page sends. */
  readonly send_bucket: TokenBucket;
  private readonly tap_bucket: TokenBucket;
  private readonly health: Health;
  private phase: Phase = "loading";
  private record: SessionRecord | null = null;
  private token: string | null = null;
  private player: Player | null = null;
  private newcomer: Newcomer;
  private totals: Totals = { clicks: 0, players: 0, active: 0 };
  private energy: Energy | null = null;
  private paid: PaidTaps | null = null;
  private busy = false;
  private visible = true;
  private in_flight = 0;
  private opened_at = Number.NEGATIVE_INFINITY;
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
    this.newcomer = parts.storage.newcomer();
    const rate = parts.storage.rate();
    this.tap_bucket = new TokenBucket(mono, rate);
    this.send_bucket = new TokenBucket(mono, rate);
    this.send_bucket.lowerTo(parts.storage.bucket());
  }

  async start(): Promise<void> {
    this.restoreRecord(await this.parts.storage.claim());
    if (this.phase === "loading") this.phase = "closed";
    this.publish();
    this.schedule();
  }

  /** Counts one tap; false if it came faster than the game counts. */
  tap(): boolean {
    if (!this.tap_bucket.take(1)) return false;
    this.counter.tap();
    this.pending_since ??= this.mono();
    if (this.phase === "paused") this.phase = "closed";
    this.cancelSave ??= this.parts.clock.after(SAVE_EVERY_MS, () => this.save());
    this.publish();
    this.schedule();
    return true;
  }

  /** How many taps count at once now, and at most. */
  get allowance(): { taps: number; capacity: number } {
    return { taps: this.tap_bucket.available(), capacity: this.tap_bucket.capacity };
  }

  setVisible(visible: boolean): void {
    if (this.visible === visible) return;
    this.visible = visible;
    if (visible) this.retrySoon(500);
    else this.flushNow();
    this.schedule();
  }

  /** The browser says that the network is back. */
  networkRestored(): void {
    this.retrySoon(1000);
    this.schedule();
  }

  /** The browser says that the network is gone: the status shows it at once, and tapping goes on. */
  networkLost(): void {
    this.health.unreachable = true;
    this.publish();
  }

  /** Saves and sends everything now: the page may be gone the next moment. */
  flushNow(): void {
    this.save();
    const sendable = this.counter.pending > 0 && this.counter.waitMs(this.send_bucket) === 0;
    if (this.phase !== "open" || this.token === null || !sendable) return;
    if (this.in_flight >= this.counter.taps) return; // That request outlives the page.
    // If it fails, the taps stay pending, and the next page that plays this session sends them.
    this.deliver().catch(() => undefined);
  }

  renamed(player: Partial<Player>): void {
    if (this.player) this.player = { ...this.player, ...player };
    this.publish();
  }

  /** The token for the API's other calls; null while there is none. It stays valid after its session has ended. */
  get sessionToken(): string | null {
    return this.phase === "expired" || this.phase === "stopped" ? null : this.token;
  }

  /** Follows the allowance of the last opened session; every tap and every request uses it from now on. */
  setRate(rate: Rate): void {
    this.parts.storage.saveRate(rate);
    this.followRate(rate);
  }

  stop(): void {
    this.cancelTimer();
    this.save();
    this.phase = "stopped";
  }

  private mono(): number {
    return this.parts.clock.mono();
  }

  private restoreRecord(record: SessionRecord): void {
    this.record = record;
    this.counter.restore(record);
    if (this.counter.pending > 0) this.pending_since ??= this.mono();
  }

  private retrySoon(spread_ms: number): void {
    const soon = this.health.retrySoon(spread_ms);
    this.contact_at = Math.min(this.contact_at, soon - this.heartbeat_every_ms);
  }

  private schedule(): void {
    this.cancelTimer();
    const due = this.busy ? NEVER : this.due();
    if (due === NEVER) return;
    const at = Math.max(due, this.health.retry_at);
    this.cancelTimer = this.parts.clock.after(Math.max(0, at - this.mono()), () => void this.run());
  }

  /** When the next request is due, in monotonic ms. */
  private due(): number {
    const { pending } = this.counter;
    if (this.phase === "closed") return this.visible || pending > 0 ? this.mono() : NEVER;
    if (this.phase !== "open") return NEVER;
    if (pending > 0) return this.sendDue();
    return this.visible ? this.contact_at + this.heartbeat_every_ms : NEVER;
  }

  private sendDue(): number {
    const gathered = (this.pending_since ?? this.mono()) + BATCH_MS;
    const credited = this.mono() + this.counter.waitMs(this.send_bucket);
    return Math.max(this.sent_at + this.flush_every_ms, gathered, credited);
  }

  private async run(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      if (this.phase === "closed") await this.open();
      else if (this.counter.pending > 0) await this.send();
      else await this.sendHeartbeat();
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
    const { storage } = this.parts;
    this.save();
    let record = this.record as SessionRecord;
    const old = storage.isOld(record);
    if (old && this.counter.pending === 0) record = await this.rotate();
    let answer = await this.parts.api.openSession(this.parts.init_data, record.session_id);
    if (old && answer.taps < record.watermark) {
      // The server has forgotten this session, and would count all of it a second time.
      this.save();
      record = await this.rotate();
      answer = await this.parts.api.openSession(this.parts.init_data, record.session_id);
    }
    this.opened(answer);
  }

  /** Continues in a new session that carries the unsent taps of the old one. */
  private async rotate(): Promise<SessionRecord> {
    const last = this.record as SessionRecord;
    const next = await this.parts.storage.rotate(last);
    this.counter.taps -= last.taps; // The rest was tapped in the meantime.
    this.restoreRecord(next);
    return next;
  }

  /** The server credited these since its last answer, maybe just now: its allowance is lower by as many. */
  private recordCredited(taps: number): void {
    this.send_bucket.lower(this.send_bucket.capacity - taps);
  }

  private opened(answer: SessionOpened): void {
    const credited = answer.taps - this.counter.watermark;
    this.recordCredited(credited);
    this.counter.opened({ taps: answer.taps, clicks: answer.player.clicks });
    this.setRate(safeRate(answer.allowance));
    this.recordCredited(credited); // At whichever of the two rates: the lower level is the safe one.
    this.token = answer.token;
    this.player = answer.player;
    if (answer.newcomer) {
      this.newcomer = answer.newcomer;
      this.parts.storage.saveNewcomer(answer.newcomer);
    }
    this.parts.onOpened?.(answer);
    this.totals = answer.totals;
    this.energy = answer.energy ?? null;
    this.paid = paidTapsOf(answer, this.energy, this.mono());
    this.flush_every_ms = answer.flush_every_ms;
    this.heartbeat_every_ms = answer.heartbeat_every_ms;
    if (this.phase === "closed") this.phase = "open";
    this.health.opened();
    this.opened_at = this.contact_at = this.mono();
    if (this.counter.pending === 0) this.pending_since = null;
    this.save();
  }

  private followRate(rate: Rate): void {
    if (sameRate(rate, this.send_bucket.rate)) return;
    this.tap_bucket.setRate(rate);
    this.send_bucket.setRate(rate);
    this.counter.forgetSent();
  }

  private async send(): Promise<void> {
    // Other tabs of this player share the allowance, and may have opened a session at another rate.
    this.followRate(this.parts.storage.rate());
    this.send_bucket.lowerTo(this.parts.storage.bucket());
    this.sent_at = this.mono();
    await this.deliver();
  }

  private async deliver(): Promise<void> {
    const target = this.counter.take(this.send_bucket);
    this.in_flight = target;
    this.save(); // Before sending, so that no later page knows of fewer taps than the server.
    try {
      const since = this.parts.board.since();
      const answer = await this.parts.api.clicks(this.token as string, target, since);
      this.clicked(target, answer);
      this.parts.board.answered(since, answer);
    } finally {
      this.in_flight = 0;
    }
  }

  private clicked(target: number, answer: ClicksAnswer): void {
    const shown = this.counter.shown;
    this.recordCredited(answer.taps - this.counter.watermark);
    this.counter.acknowledge({ taps: answer.taps, clicks: answer.clicks });
    if (this.counter.shown < shown) {
      // Another device of this player used up the allowance, or it was lowered: refused taps never count.
      const refused = answer.taps >= target;
      if (refused) this.send_bucket.lower(0);
      if (refused && this.mono() - this.opened_at >= REOPEN_AFTER_MS) this.phase = "closed";
      this.parts.onNotice(refused ? "refused" : "corrected");
    }
    this.totals = { ...this.totals, clicks: answer.total_clicks };
    this.paid = paidTapsOf(answer, this.energy, this.mono());
    this.flush_every_ms = answer.flush_every_ms;
    this.contact_at = this.mono();
    this.pending_since = this.counter.pending > 0 ? this.mono() : null;
    this.save();
    this.publish();
  }

  private async sendHeartbeat(): Promise<void> {
    const taps = this.counter.taps;
    const since = this.parts.board.since();
    const answer = await this.parts.api.heartbeat(this.token as string, since);
    this.parts.board.answered(since, answer);
    this.contact_at = this.mono();
    this.totals = { ...this.totals, clicks: answer.total_clicks, active: answer.active };
    this.paid = paidTapsOf(answer, this.energy, this.mono());
    this.flush_every_ms = answer.flush_every_ms;
    this.heartbeat_every_ms = answer.heartbeat_every_ms;
    if (answer.clicks < this.counter.clicks) {
      // The server lost data. Opening the session again returns its watermark, and the rest is sent from there.
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
    this.parts.storage.save(this.record, this.send_bucket.state);
  }

  /** Publishes the state; also called by a timer, because waiting alone can turn `online` into `syncing`. */
  publish(): void {
    const { pending, shown } = this.counter;
    this.parts.onState({
      status: statusOf(this.phase, this.health, {
        signed_in: this.token !== null,
        waited_ms: this.pending_since === null ? 0 : this.mono() - this.pending_since,
        flush_every_ms: this.flush_every_ms,
        backlog: pending > this.send_bucket.capacity,
      }),
      reason: this.health.reason,
      contact: this.health.contact,
      clicks: shown,
      pending,
      player: this.player,
      newcomer: this.newcomer,
      totals: { ...this.totals, clicks: this.totals.clicks + pending },
      taps_per_s: this.tap_bucket.rate.per_s,
      paid: this.paid,
    });
  }
}
