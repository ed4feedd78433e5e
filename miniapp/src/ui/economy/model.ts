import { computed, signal } from "@preact/signals";
import type { ApiError } from "../../api/client";
import type {
  Catalogue,
  CommandPath,
  CrateItem,
  EconomyView,
  InventoryView,
  Item,
  LedgerLine,
  Proof,
  Receipt,
  ShopView,
} from "../../api/types";
import { earned } from "../../economy/income";
import type { Order } from "../../economy/orders";
import { paid } from "../model";

/** What the screens of the economy show. */
export const account = signal<EconomyView | null>(null);
export const inventory = signal<InventoryView | null>(null);
export const shop = signal<ShopView | null>(null);
export const catalogue = signal<Catalogue | null>(null);

/** What is loaded for the screens, each by itself. */
export type Part = "account" | "inventory" | "shop" | "ledger" | "progress";
export const failed = signal<Partial<Record<Part, boolean>>>({});

export interface History {
  /** Newest first; null until the first page is loaded. */
  lines: LedgerLine[] | null;
  more: boolean;
  busy: boolean;
}
export const history = signal<History>({ lines: null, more: false, busy: false });

/** What was asked for and is not answered, or whose answer has not been seen. */
export const orders = signal<readonly Order[]>([]);
/** The server can't be reached: orders wait. */
export const waiting = signal(false);
/** What was refused, by the place where it was asked for; it stays until something else is asked for there. */
export const refusals = signal<Record<string, ApiError>>({});

export type Done = { [P in CommandPath]: { path: P; receipt: Receipt<P> } }[CommandPath];
/** The last news, shown for a while wherever the wallet is. */
export const news = signal<Done | ApiError | null>(null);

/** The crates that were opened last, until the player has looked inside. */
export const opened = computed(() => orders.value.find((order) => order.path === "/crates/open" && order.answer !== undefined) ?? null);

/** Paid taps when the wallet was read. */
export const paidWhenRead = signal<number | null>(null);
const tapsSince = computed(() => {
  const [now, then] = [paid.value?.paid_taps ?? null, paidWhenRead.value];
  return now === null || then === null ? 0 : Math.max(0, now - then);
});

/** The player's money as it can be spent, with what they have tapped since it was read. */
export const coins = computed(() => {
  const known = account.value;
  if (!known) return null;
  const per_1000 = catalogue.value?.money.coins_per_1000_taps ?? 0;
  return known.balances.coin + known.pending + earned(tapsSince.value, per_1000, known.boosts);
});
export const gems = computed(() => account.value?.balances.gem ?? null);
export const xp = computed(() => (account.value ? account.value.xp + tapsSince.value : null));

const items = computed(() => new Map((catalogue.value?.items ?? []).map((item) => [item.id, item])));

export function itemOf(id: string): Item | undefined {
  return items.value.get(id);
}

export function crateOf(id: string): CrateItem | undefined {
  const item = itemOf(id);
  return item?.kind === "crate" ? item : undefined;
}

/** What the screens can ask for; implemented by page/economy.ts. */
export interface Till {
  /** Asks for a change; the outcome is told at the place, or as news. */
  order(path: CommandPath, body: Record<string, unknown>, place: string): void;
  /** The player has seen the answer to an order. */
  seen(op: string): void;
  load(part: Part): Promise<void>;
  moreHistory(): Promise<void>;
  /** All that is needed to check a draw, and the catalogue that it was made with. */
  proof(op: string): Promise<Proof>;
  catalogueOf(version: string): Promise<Catalogue>;
  /** When this device was first shown the fingerprint of a seed (s). */
  seedSeenSince(hash: string): number | null;
  /** The server's time, as far as it is known (ms). */
  now(): number;
}

/** Null until the page has started the economy. */
export const till = signal<Till | null>(null);

export function isBusy(place: string): boolean {
  return orders.value.some((order) => order.place === place && order.answer === undefined);
}
