import { ApiError } from "../../src/api/client";
import type { BoardChange, ClicksAnswer, HeartbeatAnswer, Leaderboard, Newcomer, SessionOpened } from "../../src/api/types";
import type { Clock } from "../../src/game/clock";
import type { KeyValueStore } from "../../src/game/key-value-store";
import { changeOf } from "./leaderboards";

/** A clock that only `pass` advances. */
export class FakeClock implements Clock {
  private at = 0;
  private timers: { at: number; run: () => void }[] = [];

  constructor(public wall = 1_700_000_000_000) {}

  now = () => Math.floor(this.wall + this.at);
  mono = () => this.at;

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.at + ms, run };
    this.timers.push(timer);
    return () => (this.timers = this.timers.filter((other) => other !== timer));
  }

  /** Lets `ms` pass, running what falls due, and everything promised in between. */
  async pass(ms: number): Promise<void> {
    const until = this.at + ms;
    await settle();
    for (;;) {
      const next = this.timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.at = Math.max(this.at, next.at);
      next.run();
      await settle();
    }
    this.at = until;
  }
}

export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

export class FakeStore implements KeyValueStore {
  private items = new Map<string, string>();
  get length() {
    return this.items.size;
  }
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.items.set(key, value);
  removeItem = (key: string) => void this.items.delete(key);
  key = (index: number) => [...this.items.keys()][index] ?? null;
}

/** Locks between pages, as in the browser. */
export class FakeLocks {
  private held = new Map<string, number>();
  page(number: number) {
    return (name: string) => {
      const owner = this.held.get(name) ?? number;
      if (owner === number) this.held.set(name, number);
      return Promise.resolve(owner === number);
    };
  }
  close(number: number) {
    for (const [name, owner] of this.held) if (owner === number) this.held.delete(name);
  }
}

interface FakeSession {
  watermark: number;
  open: boolean;
}

type Saved = { clicks: number; watermarks: Map<string, number> };

/** One player of the real server, in memory: watermarks, GCRA, sessions, failures, data loss. */
export class FakeServer {
  clicks_total = 0;
  sessions = new Map<string, FakeSession>();
  requests: { call: string; at_ms: number; taps?: number; since?: number }[] = [];
  refused = 0;
  /** The next calls fail before they arrive (`lose`) or after they counted (`drop`). */
  faults: ("ok" | "lose" | "drop" | number)[] = [];
  down = false;
  init_data_expired = false;
  latency_ms = 0;
  flush_every_ms = 1000;
  private tat_ms = 0;
  /** Null for an older server, which pays for no taps. */
  paid_taps: number | null = 0;
  private tokens = new Map<string, string>();
  private saved: Saved = { clicks: 0, watermarks: new Map() };

  per_s = 25;
  burst = 500;
  /** Whether opening a session tells the allowance; older servers do not. */
  publishes_allowance = true;
  /** What the player is met with until their session has taps. */
  newcomer: Newcomer | null = null;

  constructor(private readonly clock: FakeClock) {}

  /** The leaderboards so far, the current one last; an older server has none, and lets none ride along. */
  boards: Leaderboard[] = [];

  /** Restarted with another TAPS_PER_S. */
  setTapsPerSecond(per_s: number): void {
    this.per_s = per_s;
    this.burst = 20 * per_s;
  }

  openSession(_init_data: string, session_id: string): Promise<SessionOpened> {
    return this.answer("open", {}, () => {
      if (this.init_data_expired) throw new ApiError(401, "init_data_expired", "");
      const session = this.sessions.get(session_id) ?? { watermark: 0, open: true };
      session.open = true;
      this.sessions.set(session_id, session);
      const token = `token ${session_id} ${this.tokens.size}`;
      this.tokens.set(token, session_id);
      return {
        token,
        session_id,
        expires_at_s: 0,
        taps: session.watermark,
        flush_every_ms: this.flush_every_ms,
        heartbeat_every_ms: 20_000,
        ...(this.publishes_allowance && { allowance: { taps_per_s: this.per_s, burst: this.burst } }),
        player: { id: "p", username: null, display_name: "P", clicks: this.clicks_total, ref_code: "r", invite_url: null, public_name: "Swift Otter 42" },
        totals: { clicks: this.clicks_total, players: 1, active: 1 },
        ...(this.paid_taps !== null && { energy: { full: 30, every_ms: 2000 } }),
        ...this.paid(),
        ...(this.newcomer && session.watermark === 0 && { newcomer: this.newcomer }),
      };
    });
  }

  clicks(token: string, taps: number, since: number | null = null): Promise<ClicksAnswer> {
    return this.answer("clicks", { taps, since }, () => {
      const session = this.session(token);
      const fresh = Math.max(0, taps - session.watermark);
      const accepted = Math.min(fresh, this.allowance());
      this.tat_ms = Math.max(this.tat_ms, this.clock.mono()) + (accepted * 1000) / this.per_s;
      this.refused += fresh - accepted;
      session.watermark = Math.max(session.watermark, taps);
      this.clicks_total += accepted;
      if (this.paid_taps !== null) this.paid_taps += accepted;
      return { ...this.shared(since), taps: session.watermark, accepted };
    });
  }

  heartbeat(token: string, since: number | null = null): Promise<HeartbeatAnswer> {
    return this.answer("heartbeat", { since }, () => {
      this.session(token);
      return { ...this.shared(since), active: 1, heartbeat_every_ms: 20_000 };
    });
  }

  /** What sync does: the durable copy. */
  sync(): void {
    const watermarks = new Map([...this.sessions].map(([id, session]) => [id, session.watermark]));
    this.saved = { clicks: this.clicks_total, watermarks };
  }

  /**
   * Redis dies with everything since the last sync; sessions stay known. More than
   * `at_most` taps together with a full catch-up would be more than the burst credits.
   */
  loseData(at_most = Number.POSITIVE_INFINITY): void {
    if (this.clicks_total - this.saved.clicks > at_most) this.sync();
    this.clicks_total = this.saved.clicks;
    for (const [id, session] of this.sessions) session.watermark = this.saved.watermarks.get(id) ?? 0;
    this.tat_ms = 0;
  }

  endSessions(): void {
    for (const session of this.sessions.values()) session.open = false;
  }

  expireTokens(): void {
    this.tokens.clear();
  }

  private allowance(): number {
    const ahead_ms = Math.max(0, this.tat_ms - this.clock.mono());
    return Math.max(0, Math.floor(this.burst - (ahead_ms * this.per_s) / 1000 + 1e-6));
  }

  private session(token: string): FakeSession {
    const id = this.tokens.get(token);
    if (id === undefined) throw new ApiError(401, "token_expired", "");
    const session = this.sessions.get(id) as FakeSession;
    if (!session.open) throw new ApiError(410, "session_ended", "");
    return session;
  }

  private shared(since: number | null) {
    const board = this.boards.at(-1);
    return {
      clicks: this.clicks_total,
      total_clicks: this.clicks_total,
      leaderboard_version: board?.version ?? this.clicks_total,
      flush_every_ms: this.flush_every_ms,
      ...this.riding(since),
      ...this.paid(),
    };
  }

  private paid() {
    if (this.paid_taps === null) return {};
    return { paid_taps: this.paid_taps, energy_full_in_ms: 4000 };
  }

  private riding(since: number | null): { board?: BoardChange } {
    const board = this.boards.at(-1);
    if (since === null || !board || board.version === since) return {};
    return { board: changeOf(board, this.boards.find(({ version }) => version === since)) };
  }

  private async answer<T>(call: string, sent: { taps?: number; since?: number | null }, run: () => T): Promise<T> {
    const { taps, since } = sent;
    const known = { ...(taps !== undefined && { taps }), ...(typeof since === "number" && { since }) };
    this.requests.push({ call, at_ms: this.clock.mono(), ...known });
    if (this.latency_ms) await new Promise<void>((done) => this.clock.after(this.latency_ms, done));
    const fault = this.faults.shift() ?? "ok";
    if (this.down || fault === "lose") throw new ApiError(0, "no_answer", "");
    if (typeof fault === "number") throw new ApiError(fault, "store_unavailable", "", {}, 1000);
    const result = run();
    if (fault === "drop") throw new ApiError(0, "no_answer", "");
    return result;
  }
}
