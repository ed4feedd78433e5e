import type { Api } from "../api/client";
import type { Clock } from "./clock";
import type { SessionRecord } from "./counter";
import type { GameState, Notice } from "./state";

/** Where the engine keeps its session between pages. */
export interface SessionHome {
  /** The session to play, new or stored; owned by this page alone. */
  claim(): Promise<SessionRecord>;
  save(record: SessionRecord, bucket_level: number): void;
  /** The pacing level that the last page, or another tab, left. */
  bucketLevel(): number;
  /** Whether the session is past the age at which another should follow. */
  isOld(record: SessionRecord): boolean;
  /** A new session instead of this one, with its unsent taps. */
  succeed(record: SessionRecord): Promise<SessionRecord>;
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
