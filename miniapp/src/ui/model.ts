import { batch, signal } from "@preact/signals";
import type { Leaderboard, Player, Totals } from "../api/types";
import type { GameState, Notice, Status } from "../game/state";

/** What the page shows. Signals: a tap then changes one text node and renders nothing. */
export const status = signal<Status>("connecting");
export const clicks = signal(0);
export const pending = signal(0);
export const totals = signal<Totals>({ clicks: 0, players: 0, active: 0 });
export const player = signal<Player | null>(null);
export const boardVersion = signal<number | null>(null);
export const board = signal<Leaderboard | null>(null);
export const boardFailed = signal(false);
export const notice = signal<Notice | null>(null);

export function showState(state: GameState): void {
  batch(() => {
    status.value = state.status;
    clicks.value = state.clicks;
    pending.value = state.pending;
    totals.value = state.totals;
    player.value = state.player;
    boardVersion.value = state.leaderboard_version;
  });
}

let hideNotice: ReturnType<typeof setTimeout> | undefined;

export function showNotice(what: Notice): void {
  notice.value = what;
  clearTimeout(hideNotice);
  hideNotice = setTimeout(() => (notice.value = null), 2500);
}
