import type { Api } from "../api/client";
import type { BoardChange, Newcomer, SessionOpened } from "../api/types";
import type { Clock } from "./clock";
import type { SessionRecord } from "./session-record";
import type { GameState, Notice } from "./state";
import type { BucketState, Rate } from "./token-bucket";

/** Where the engine keeps its session between pages. */
export interface SessionStorage {
  /** The session to play, new or stored; owned by this page alone. */
  claim(): Promise<SessionRecord>;
  save(record: SessionRecord, bucket: BucketState): void;
  /** The send bucket as the last page, or another tab, left it, refilled until now. */
  bucket(): BucketState;
  /** The rate that the last opened session of this player published on this device. */
  rate(): Rate;
  saveRate(rate: Rate): void;
  /** What a newcomer was met with on this device: a session that has taps is not told again. */
  newcomer(): Newcomer;
  saveNewcomer(newcomer: Newcomer): void;
  /** Whether the session is past the age at which a new one should follow. */
  isOld(record: SessionRecord): boolean;
  /** Replaces the session with a new one that carries its unsent taps. */
  rotate(record: SessionRecord): Promise<SessionRecord>;
}

/** What any answer says of the leaderboard; `board` only where it was asked for, and has changed. */
export interface BoardAnswer {
  board?: BoardChange;
  leaderboard_version: number;
  flush_every_ms: number;
}

/** The leaderboard that rides along with the engine's requests. */
export interface BoardRider {
  /** The version to ask for changes since; null for nothing. */
  since(): number | null;
  /** What the answer to a request with that version says. */
  answered(since: number | null, answer: BoardAnswer): void;
}

export interface EngineParts {
  api: Pick<Api, "openSession" | "clicks" | "heartbeat">;
  clock: Clock;
  random: () => number;
  storage: SessionStorage;
  init_data: string;
  board: BoardRider;
  onState: (state: GameState) => void;
  onNotice: (notice: Notice) => void;
  /** Each time that a session has been opened, and before the state is told. */
  onOpened?: (answer: SessionOpened) => void;
}
