/** Names for the types that the API's own description generates. */
import type { PERIODS } from "./features";
import type { components as live } from "./live-schema";
import type { components, paths } from "./schema";

type Schemas = components["schemas"];
type LiveSchemas = live["schemas"];

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
export type LeagueTier = LeagueDivision["tier"];
export type PreparedMessage = Schemas["PreparedMessage"];
export type Referrals = Schemas["Referrals"];
export type Invited = Schemas["Invited"];
export type FriendEntry = Schemas["FriendRow"];
export type Cheered = Schemas["Cheered"];
export type NotificationView = Schemas["NotificationView"];
export type NotificationSettings = Schemas["NotificationSettings"];
export type NotificationChanges = Schemas["SettingsChanges"];
export type ErrorBody = Schemas["ErrorBody"];
export type ErasureBegun = Schemas["ErasureBegun"];

export type EconomyView = Schemas["EconomyView"];
export type InventoryView = Schemas["InventoryView"];
export type PieceView = Schemas["PieceView"];
export type StackView = Schemas["StackView"];
export type ShopView = Schemas["ShopView"];
export type OfferView = Schemas["OfferView"];
export type LedgerLine = Schemas["LedgerLine"];
export type Proof = Schemas["Proof"];
export type Catalogue = Schemas["Catalogue"];
export type Item = Catalogue["items"][number];
export type CrateItem = Schemas["Crate"];
export type DropView = Schemas["DropView"];
export type ProgressView = Schemas["ProgressView"];
export type MissionView = Schemas["MissionView"];
export type AchievementView = Schemas["AchievementView"];
export type TierState = Schemas["TierState"];
export type RewardView = Schemas["RewardView"];
export type LiveTicket = Schemas["LiveTicket"];
export type RoomView = Schemas["RoomView"];
export type RoomEntry = Schemas["Entry"];
export type ServerFrame = LiveSchemas["ServerFrame"];

/** What is read by a plain GET, of the player's own or, as a catalogue, of everybody's. */
export type OwnPath =
  | "/league"
  | "/leaderboard"
  | "/leaderboard/me"
  | "/leaderboard/friends"
  | "/notifications"
  | "/notifications/settings"
  | "/heists"
  | "/players/me/cards"
  | "/players/me/export"
  | "/economy"
  | "/inventory"
  | "/shop"
  | "/ledger"
  | "/progress"
  | "/factions"
  | "/factions/mine"
  | "/factions/board"
  | "/factions/{faction}"
  | "/territories"
  | "/raids"
  | "/rallies/{rally}"
  | "/duels"
  | "/duels/{duel}"
  | "/chance/proofs/{entry}"
  | "/catalogue/{version}";
export type Own<P extends OwnPath> = paths[P]["get"]["responses"][200]["content"]["application/json"];

/** What changes a player's wallet: each with an `op` or a cause, so that sending it again does nothing again. */
export type CommandPath =
  | "/economy/collect"
  | "/shop/buy"
  | "/inventory/sell"
  | "/inventory/use"
  | "/inventory/equip"
  | "/inventory/repair"
  | "/crates/open"
  | "/chance/seed"
  | "/claims"
  | "/missions/reroll"
  | "/economy/checkin"
  | "/economy/zone"
  | "/factions"
  | "/factions/{faction}/donate";
/** What members and leaders of factions do: doing it again does nothing. */
export type CrewPath =
  | "/factions/{faction}/join"
  | "/factions/{faction}/leave"
  | "/factions/{faction}/members"
  | "/factions/{faction}/settings"
  | "/factions/{faction}/perks"
  | "/factions/{faction}/dissolve"
  | "/territories/{territory}/assign"
  | "/territories/{territory}/claim";
export type FactionCard = Schemas["FactionCard"];
export type FactionView = Schemas["FactionView"];
export type FactionMember = Schemas["MemberView"];
export type TerritoriesView = Schemas["Territories"];
export type Receipt<P extends CommandPath> = paths[P]["post"]["responses"][200]["content"]["application/json"];

export type HeistsView = Schemas["HeistsView"];
export type RunningHeist = Schemas["RunningHeist"];
export type PastHeist = Schemas["PastHeist"];
/** What players do in a heist. */
export type HeistAct = "answer" | "claim";
export type HeistBody<A extends HeistAct> = A extends "answer" ? Schemas["AnswerRequest"] : never;
export type HeistReceipt<A extends HeistAct> = A extends "answer" ? Schemas["HeistAnswered"] : Schemas["HeistClaimed"];
/** Raids, rallies and duels: what is begun has an `op`, and the rest may be repeated. */
export type ContestPath =
  | "/raids"
  | "/rallies"
  | "/rallies/{rally}/join"
  | "/rallies/{rally}/claim"
  | "/duels"
  | "/duels/{duel}/accept"
  | "/duels/{duel}/decline";
export type ContestReceipt<P extends ContestPath> = paths[P]["post"]["responses"][200]["content"]["application/json"];
