import type { Api } from "../api/client";
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
  /** Whether the session is past the age at which a new one should follow. */
  isOld(record: SessionRecord): boolean;
  /** Replaces the session with a new one that carries its unsent taps. */
  rotate(record: SessionRecord): Promise<SessionRecord>;
}

export interface EngineParts {
  api: Pick<Api, "openSession" | "clicks" | "heartbeat">;
  clock: Clock;
  random: () => number;
  storage: SessionStorage;
  init_data: string;
  onState: (state: GameState) => void;
  onNotice: (notice: Notice) => void;
}
