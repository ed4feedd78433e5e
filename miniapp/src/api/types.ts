/** Names for the types that the API's own description generates. */
import type { PERIODS } from "./features";
import type { components, paths } from "./schema";

type Schemas = components["schemas"];

export type Period = (typeof PERIODS)[number];

export type Player = Schemas["PlayerView"];
export type Totals = Schemas["Totals"];
export type TapAllowance = Schemas["TapAllowance"];
/** Older servers do not publish the allowance. */
export type SessionOpened = Omit<Schemas["SessionView"], "allowance"> & { allowance?: TapAllowance };
export type ClicksAnswer = Schemas["TapsRecorded"];
export type HeartbeatAnswer = Schemas["HeartbeatAnswer"];
export type Leaderboard = Schemas["Board"];
export type BoardChange = Schemas["BoardChange"];
export type LeaderboardEntry = Schemas["LeaderboardEntry"];
export type Energy = Schemas["EnergyView"];
export type Newcomer = Schemas["NewcomerView"];
export type PlayerRank = Schemas["OwnRank"];
export type LeagueDivision = Schemas["DivisionView"];
export type LeagueTier = Schemas["Tier"];
export type PreparedMessage = Schemas["PreparedMessage"];
export type Referrals = Schemas["Referrals"];
export type Invited = Schemas["Invited"];
export type ErrorBody = Schemas["ErrorBody"];
export type ErasureBegun = Schemas["ErasureBegun"];

/** What a player reads of their own by a plain GET. */
export type OwnPath = "/league" | "/leaderboard/friends" | "/players/me/cards" | "/players/me/export";
export type Own<P extends OwnPath> = paths[P]["get"]["responses"][200]["content"]["application/json"];
