import { batch, computed, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Player, Totals } from "../api/types";
import type { BoardState } from "../game/board-keeper";
import { NO_FRIENDS, type FriendsState } from "../game/friend-list";
import { placeOf } from "../game/standing";
import type { GameState, Notice, Status } from "../game/state";
import type { EraseOutcome, ExportOutcome } from "../page/own-data";
import { settings } from "./settings";

/** What the page shows. Signals: a tap then changes one text node and renders nothing. */
export const status = signal<Status>("connecting");
export const reason = signal<string | null>(null);
export const clicks = signal(0);
export const pending = signal(0);
export const totals = signal<Totals>({ clicks: 0, players: 0, active: 0 });
export const player = signal<Player | null>(null);
export const boardVersion = signal<number | null>(null);
export const boardState = signal<BoardState>({ period: "all", board: null, standing: null, failed: false });
export const notice = signal<Notice | null>(null);
export const fullscreen = signal<boolean | null>(null);
export const homeScreenOffered = signal(false);

/** How far an invitation has come. */
export type InviteState = "idle" | "busy" | "shared" | "copied" | "copy_failed";
export const inviteState = signal<InviteState>("idle");
export const friends = signal<FriendsState>(NO_FRIENDS);

export type Tab = "play" | "board" | "friends" | "profile";
export const tab = signal<Tab>("play");

export const playerId = computed(() => player.value?.id);
export const place = computed(() => placeOf(playerId.value, boardState.value.board, boardState.value.standing));
export const fewerEffects = computed(() => settings.value.fewer_effects);

/** What the page can do; the composition root gives it. */
export interface Actions {
  /** Counts one tap; false where it does not count. */
  tap(): boolean;
  rename(username: string): Promise<void>;
  setPeriod(period: string): void;
  canInvite(): boolean;
  /** Offers the game to somebody; `inviteState` tells how it went. */
  invite(): Promise<void>;
  copyLink(): Promise<void>;
  loadFriends(): void;
  moreFriends(): void;
  exportData(): Promise<ExportOutcome>;
  /** Erases the player for good, here and at the server. */
  eraseAccount(): Promise<EraseOutcome>;
  toggleFullscreen(): void;
  addToHomeScreen(): void;
  /** Closes the Mini App; null where only the player can. */
  close: (() => void) | null;
  hapticsExist: boolean;
  /** Telegram's main button offers what is most wanted: the page need not. */
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
    boardVersion.value = state.leaderboard_version;
  });
}

/** Why the app has to be opened anew, as the text that says so. */
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
