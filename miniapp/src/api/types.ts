/** Names for the shapes that the API's own description gives. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Player = Schemas["PlayerView"];
export type Totals = Schemas["Totals"];
export type SessionOpened = Schemas["SessionView"];
export type ClicksAnswer = Schemas["TapsRecorded"];
export type HeartbeatAnswer = Schemas["HeartbeatAnswer"];
export type Leaderboard = Schemas["Board"];
export type LeaderboardEntry = Schemas["Entry"];
export type PlayerRank = Schemas["Standing"];
export type PreparedMessage = Schemas["PreparedMessage"];
export type Referrals = Schemas["Referrals"];
export type Invited = Schemas["Invited"];
export type ErrorBody = Schemas["ErrorBody"];
export type ErasureBegun = Schemas["ErasureBegun"];
