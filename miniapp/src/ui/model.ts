import { batch, computed, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { FriendsBoard, LeagueView, Period, Player, Totals } from "../api/types";
import { FALLBACK_RATE } from "../game/allowance";
import type { LeaderboardState } from "../game/leaderboard-poller";
import { NO_FRIENDS, type FriendsState } from "../game/friend-list";
import { summarizeRank } from "../game/rank";
import type { GameState, Notice, Status } from "../game/state";
import { settings } from "./settings";

/** What the page shows. These are signals, so that a tap changes one text node and renders nothing. */
export const status = signal<Status>("connecting");
export const reason = signal<string | null>(null);
export const clicks = signal(0);
export const pending = signal(0);
export const totals = signal<Totals>({ clicks: 0, players: 0, active: 0 });
export const player = signal<Player | null>(null);
export const leaderboardVersion = signal<number | null>(null);
export const leaderboardState = signal<LeaderboardState>({ period: "all", leaderboard: null, rank: null, failed: false });
export const tapsPerSecond = signal(FALLBACK_RATE.per_s);
export const notice = signal<Notice | null>(null);
export const fullscreen = signal<boolean | null>(null);
export const homeScreenOffered = signal(false);

/** The progress of an invitation. */
export type InviteState = "idle" | "busy" | "shared" | "copied" | "copy_failed";
export const inviteState = signal<InviteState>("idle");
export const friends = signal<FriendsState>(NO_FRIENDS);

export type ExportOutcome = "saved" | "too_often" | "failed";
export type EraseOutcome = "erased" | "too_old" | "failed";

export type Tab = "play" | "board" | "friends" | "profile";
export const tab = signal<Tab>("play");

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
  /** The league of this week; null while nobody is signed in. */
  loadLeague(): Promise<LeagueView | null>;
  /** The player among their friends; null while nobody is signed in. */
  loadFriendsBoard(): Promise<FriendsBoard | null>;
  canInvite(): boolean;
  /** Invites somebody; `inviteState` tells the outcome. */
  invite(): Promise<void>;
  copyLink(): Promise<void>;
  loadFriends(): void;
  moreFriends(): void;
  exportData(): Promise<ExportOutcome>;
  /** Erases the player permanently, on this device and on the server. */
  eraseAccount(): Promise<EraseOutcome>;
  toggleFullscreen(): void;
  addToHomeScreen(): void;
  /** Closes the Mini App; null if only the player can. */
  close: (() => void) | null;
  hapticsExist: boolean;
  /** Telegram's main button offers the main action, so the page need not. */
  mainButtonExists: boolean;
}

export const ActionsContext = createContext<Actions | null>(null);

export function useActions(): Actions {
  return useContext(ActionsContext) as Actions;
}

export function showState(state: GameState): void {
  batch(() => {
    status.value = state.status;
    reason.value = state.reason;
    clicks.value = state.clicks;
    pending.value = state.pending;
    totals.value = state.totals;
    player.value = state.player;
    tapsPerSecond.value = state.taps_per_s;
    leaderboardVersion.value = state.leaderboard_version;
  });
}

/** The text that says why the app has to be reopened. */
export function expiredText(code: string | null): "expired_text" | "refused_text" | "erased_text" {
  if (code === "player_unknown" || code === "erasing") return "erased_text";
  return code === "init_data_expired" ? "expired_text" : "refused_text";
}

const NOTICE_MS = 2500;
let hideNotice: ReturnType<typeof setTimeout> | undefined;

export function showNotice(what: Notice): void {
  notice.value = what;
  clearTimeout(hideNotice);
  hideNotice = setTimeout(() => (notice.value = null), NOTICE_MS);
}
