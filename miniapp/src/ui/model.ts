import { batch, computed, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Cheered, ContestPath, ContestReceipt, CrewPath, HeistAct, HeistBody, HeistReceipt, Newcomer, NotificationChanges, NotificationSettings, Own, OwnPath, Period, Player, PlayerRank, SessionOpened, Totals } from "../api/types";
import { FALLBACK_RATE } from "../game/allowance";
import { expected } from "../game/energy";
import type { LeaderboardState } from "../game/leaderboard-poller";
import { NO_FRIENDS, type FriendsState } from "../game/friend-list";
import { summarizeRank } from "../game/rank";
import { chaseOf } from "../game/rival";
import type { GameState, Notice, Status } from "../game/state";
import { settings } from "./settings";
import type { Live } from "../live/live";

/** What the page shows. These are signals, so that a tap changes one text node and renders nothing. */
export const status = signal<Status>("connecting");
export const reason = signal<string | null>(null);
export const contact = signal<string | null>(null);
export const banned = computed(() => status.value === "expired" && reason.value === "banned");
export const clicks = signal(0);
export const pending = signal(0);
export const totals = signal<Totals>({ clicks: 0, players: 0, active: 0 });
export const player = signal<Player | null>(null);
export const newcomer = signal<Newcomer | null>(null);
/** The own photo at Telegram. Only this page shows it, and only to its player: no server ever gets it. */
export const ownPhoto = signal<string | null>(null);
export const leaderboardState = signal<LeaderboardState>({ period: "all", leaderboard: null, rank: null, failed: false });
export const tapsPerSecond = signal(FALLBACK_RATE.per_s);
/** The player's rank of all time as the server last named it; `chase` goes on from there. */
export const lastRank = signal<PlayerRank | null>(null);
export const chase = computed(() => (lastRank.value ? chaseOf(lastRank.value, clicks.value) : null));
/** How fast the player taps, and the step of the combo meter. */
export const combo = signal({ per_s: 0, step: 0 });
/** How many taps count at once now. */
export const stamina = signal<{ taps: number; share: number }>({ taps: FALLBACK_RATE.capacity, share: 1 });
/** The allowance has run out: only as many taps count as come back. */
export const exhausted = signal(false);
/** Energy, and the taps that were paid ever: those the server has told, and with those on their way. */
export interface Paid {
  left: number;
  full: number;
  every_ms: number;
  paid_taps: number;
  told_taps: number;
}
/** Null with a server that pays for no taps. */
export const paid = signal<Paid | null>(null);
export const notice = signal<Notice | null>(null);
export const fullscreen = signal<boolean | null>(null);
export const homeScreenOffered = signal(false);
/** The bot may not write to the player yet, and the client can ask them. */
export const writeAccessOffered = signal(false);

/** The progress of an invitation. */
export type InviteState = "idle" | "busy" | "shared" | "copied" | "copy_failed" | "story_failed";
export const inviteState = signal<InviteState>("idle");
export const friends = signal<FriendsState>(NO_FRIENDS);

/** With `wait_ms`, it can be asked for again after that time. */
export type ExportOutcome = "saved" | "failed" | { wait_ms: number };
export type EraseOutcome = "erased" | "too_old" | "failed";

/** What has a button in the navigation; other screens belong to one of these. */
export type Section = "play" | "quests" | "crew" | "shop" | "board" | "profile";
export type Tab = Section | "season" | "awards" | "bag" | "wallet" | "fairness" | "friends" | "inbox" | "lobby";
export const tab = signal<Tab>("play");

const HOMES: Partial<Record<Tab, Section>> = {
  friends: "profile",
  inbox: "profile",
  lobby: "crew",
  season: "quests",
  awards: "quests",
  bag: "shop",
  wallet: "shop",
  fairness: "shop",
};

export function sectionOf(shown: Tab): Section {
  return HOMES[shown] ?? (shown as Section);
}

/** Something lies in the bag that the player has paid for and not seen yet. */
export const unseen = signal(false);
/** Notices in the inbox that the player has not read. */
export const unread = signal(0);
/** How many rewards are there to be claimed. */
export const toClaim = signal(0);

/** Which board is chosen; only everybody's is kept up to date by the game itself. */
export type BoardName = "all" | "league" | "friends" | "more";
export const board = signal<BoardName>("all");

export const playerId = computed(() => player.value?.id);
export const rankSummary = computed(() =>
  summarizeRank(playerId.value, leaderboardState.value.leaderboard, leaderboardState.value.rank),
);
export const fewerEffects = computed(() => settings.value.fewer_effects);

/** What the page can do; implemented by the composition root. */
export interface Actions {
  /** Counts one tap; false if it does not count. */
  tap(): boolean;
  rename(username: string): Promise<void>;
  setPeriod(period: Period): void;
  /** Loads a board other than the one on everybody's screen; null while nobody is signed in. */
  loadOwn<P extends OwnPath>(path: P, params?: object): Promise<Own<P> | null>;
  /** Does something in the player's faction, or to get into one; rejects with an ApiError. */
  crew(path: CrewPath, places: object, body?: object): Promise<unknown>;
  /** Cheers a friend, once a day; null while nobody is signed in. */
  cheer(friend: string): Promise<Cheered | null>;
  /** Answers a heist, or claims a share of one; null while nobody is signed in. */
  actOnHeist<A extends HeistAct>(heist: string, act: A, body?: HeistBody<A>): Promise<HeistReceipt<A> | null>;
  /** Does something in a raid, a rally or a duel; null while nobody is signed in, and rejects with an ApiError. */
  contest<P extends ContestPath>(path: P, places?: object, body?: object): Promise<ContestReceipt<P> | null>;
  /** Marks notices up to a time as read. */
  readInbox(up_to: number): Promise<void>;
  changeNotifications(changes: NotificationChanges): Promise<NotificationSettings | null>;
  /** The rooms of this page. */
  live(): Promise<Live>;
  /** Says something in a room, once for its op. */
  sayIn(room: string, op: string, text: string): Promise<number>;
  reportIn(room: string, epoch: string, seq: number): Promise<void>;
  canInvite(): boolean;
  canShareStory(): boolean;
  /** Shares the score as a story; `inviteState` tells where that fails. */
  shareStory(): Promise<void>;
  /** Invites somebody; `inviteState` tells the outcome. */
  invite(): Promise<void>;
  copyLink(): Promise<void>;
  loadFriends(): void | Promise<void>;
  moreFriends(): void | Promise<void>;
  exportData(): Promise<ExportOutcome>;
  /** Erases the player permanently, on this device and on the server. */
  eraseAccount(): Promise<EraseOutcome>;
  toggleFullscreen(): void;
  addToHomeScreen(): void;
  /** Opens a chat with that Telegram account. */
  writeTo(contact: string): void;
  /** Lets Telegram ask the player whether the bot may write to them. */
  allowMessages(): Promise<void>;
  /** Closes the Mini App; null if only the player can. */
  close: (() => void) | null;
  hapticsExist: boolean;
}

export const ActionsContext = createContext<Actions | null>(null);

export function useActions(): Actions {
  return useContext(ActionsContext) as Actions;
}

export function showState(state: GameState): void {
  batch(() => {
    status.value = state.status;
    reason.value = state.reason;
    contact.value = state.contact;
    clicks.value = state.clicks;
    pending.value = state.pending;
    totals.value = state.totals;
    player.value = state.player;
    newcomer.value = state.newcomer;
    tapsPerSecond.value = state.taps_per_s;
    const told = state.paid;
    paid.value = told && {
      ...expected(told, state.pending, performance.now()),
      every_ms: told.energy.every_ms,
      told_taps: told.paid_taps,
    };
  });
}

export function showOpened({ unread: told }: SessionOpened): void {
  unread.value = told ?? unread.value; // It can't always be told.
}

const NOTICE_MS = 2500;
let hideNotice: ReturnType<typeof setTimeout> | undefined;

export function showNotice(what: Notice): void {
  notice.value = what;
  clearTimeout(hideNotice);
  hideNotice = setTimeout(() => (notice.value = null), NOTICE_MS);
}
