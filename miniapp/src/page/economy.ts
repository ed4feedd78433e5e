import { effect } from "@preact/signals";
import { ApiError, type Api } from "../api/client";
import type { Catalogue, CommandPath, Own, OwnPath, ProgressView } from "../api/types";
import { GoalKeeper, OWN_ACCORD } from "../economy/goal-keeper";
import { Kept } from "../economy/kept";
import { Orders, type Order } from "../economy/orders";
import { SeenSeeds } from "../economy/seen-seeds";
import { browserClock as clock } from "../game/clock";
import type { Engine } from "../game/engine";
import { inOrder } from "../game/in-order";
import type { KeyValueStore } from "../game/key-value-store";
import { paid, pending, playerId, status, toClaim, unseen } from "../ui/model";
import {
  account,
  catalogue,
  failed,
  history,
  inventory,
  isBusy,
  news,
  opened,
  orders,
  paidWhenRead,
  refusals,
  shop,
  till,
  waiting,
  type Done,
  type Part,
} from "../ui/economy/model";
import { claimed, progress, ready } from "../ui/goals/model";
import { showLooks } from "../ui/looks";
import { followSeason } from "./season";

export interface EconomyParts {
  api: Pick<Api, "readOwn" | "command">;
  engine: Pick<Engine, "sessionToken">;
  store: KeyValueStore;
  owner: string;
}

const NEWS_MS = 4000;
const READS_AT_MOST = 3;

/** Loads the wallet and all that the screens of the economy show, and sends what players ask for there. */
export function startEconomy({ api, engine, store, owner }: EconomyParts): void {
  const seeds = new SeenSeeds(store, owner);
  const kept_wallet = new Kept(store, owner, "wallet");
  const kept_progress = new Kept(store, owner, "progress");
  const catalogues = new Map<string, Promise<Catalogue>>();
  let clock_ahead_ms = 0;
  let cursor: string | null = null;
  /** Taps were on their way when the wallet was read: it may have had them before the answer that tells of them. */
  let on_their_way = false;
  /** The wallet that is shown is what this device has kept. */
  let from_device = false;
  let asked = new Set<string>();

  const token = () => {
    if (engine.sessionToken === null) throw new ApiError(0, "no_answer", "");
    return engine.sessionToken;
  };
  const read = async <P extends OwnPath>(path: P, params?: object): Promise<Own<P>> => api.readOwn(token(), path, params);

  const catalogueOf = (version: string) => {
    const known = catalogues.get(version);
    if (known) return known;
    const loading = read("/catalogue/{version}", { path: { version } });
    catalogues.set(version, loading);
    loading.catch(() => catalogues.delete(version)); // The next one who needs it tries again.
    return loading;
  };
  const follow = async (version: string) => {
    if (catalogue.peek()?.version !== version) catalogue.value = await catalogueOf(version);
  };

  /** The wallet, and how many taps were paid when it was read: read again where some were paid meanwhile. */
  const readWallet = async (): Promise<[Own<"/economy">, number | null]> => {
    for (let attempt = 1; ; attempt++) {
      const before = paid.peek()?.told_taps ?? null;
      const view = await read("/economy");
      clock_ahead_ms = view.now_ms - clock.now();
      const after = paid.peek()?.told_taps ?? null;
      if (before === after || attempt === READS_AT_MOST) return [view, after];
    }
  };
  /** Read a part; what they return shows it. */
  const parts: Record<Part, () => Promise<() => void>> = {
    async account() {
      from_device = false;
      on_their_way = pending.peek() > 0;
      const [view, paid_taps] = await readWallet();
      on_their_way ||= pending.peek() > 0;
      await follow(view.catalogue);
      return () => {
        paidWhenRead.value = paid_taps;
        account.value = view;
        if (paid_taps !== null) kept_wallet.keep({ view, paid_taps }, clock.now());
        seeds.see(view.draws.server_seed_hash, Math.floor(clock.now() / 1000));
      };
    },
    async inventory() {
      const view = await read("/inventory");
      await follow(view.catalogue);
      return () => (inventory.value = view);
    },
    async shop() {
      const view = await read("/shop");
      await follow(view.catalogue);
      return () => (shop.value = view);
    },
    ledger: () => page(null),
    async progress() {
      const view = await read("/progress");
      await follow(view.catalogue);
      return () => {
        kept_progress.keep(view, clock.now());
        progress.value = view;
        goals.read(view);
      };
    },
  };
  const page = async (at: string | null) => {
    const known = at === null ? [] : (history.peek().lines ?? []);
    history.value = { ...history.peek(), busy: true };
    try {
      const found = await read("/ledger", { query: at === null ? {} : { cursor: at } });
      return () => {
        cursor = found.cursor;
        history.value = { lines: [...known, ...found.entries], more: cursor !== null, busy: false };
      };
    } catch (error) {
      history.value = { ...history.peek(), busy: false };
      throw error;
    }
  };
  const turns: Partial<Record<Part, ReturnType<typeof inOrder>>> = {};
  const load = async (part: Part, how = parts[part]) => {
    const isNext = (turns[part] ??= inOrder())();
    const tell = (is_failed: boolean, show?: () => void) => {
      if (!isNext()) return;
      show?.();
      failed.value = { ...failed.peek(), [part]: is_failed };
    };
    await how().then(
      (show) => tell(false, show),
      () => tell(true),
    );
  };

  /** Shows what this device has read not long ago; asks where there is nothing like that. */
  const begin = async () => {
    const known = kept_wallet.read(clock.now());
    if (!known || !(await isKnown(known.view.catalogue))) return load("account");
    if (account.peek()) return;
    paidWhenRead.value = known.paid_taps;
    account.value = known.view;
    from_device = true;
  };
  const beginGoals = async () => {
    const known = kept_progress.read(clock.now());
    if (!known || isOver(known, clock.now()) || !(await isKnown(known.catalogue))) return load("progress");
    if (progress.peek()) return;
    progress.value = known;
    goals.read(known);
  };
  const isKnown = (version: string) =>
    follow(version).then(
      () => true,
      () => false,
    );

  let hide: ReturnType<typeof setTimeout> | undefined;
  const tellNews = (what: Done | ApiError) => {
    news.value = what;
    clearTimeout(hide);
    hide = setTimeout(() => (news.value = null), NEWS_MS);
  };
  const reload = () => {
    void load("account");
    if (inventory.peek()) void load("inventory");
    if (history.peek().lines) void load("ledger");
    if (progress.peek()) void load("progress");
  };
  const keeper = new Orders({
    store,
    clock,
    owner,
    random: Math.random,
    randomBytes: () => crypto.getRandomValues(new Uint8Array(16)),
    // A cause is what makes a claim the same claim.
    send: async (path, body) => api.command(token(), path as CommandPath, path === "/claims" ? { cause: body["cause"] } : body),
    onChange(all) {
      orders.value = all;
      waiting.value = keeper?.waiting ?? false;
    },
    onAnswer(order: Order) {
      const done = { path: order.path, receipt: order.answer } as Done;
      if (done.path === "/claims") claimed.value = new Set([...claimed.peek(), done.receipt.cause]);
      if (done.path === "/economy/checkin") goals.checkedIn(done.receipt.next_at_ms);
      reload();
      if (order.path === "/shop/buy") void load("shop");
      if (order.path === "/crates/open") return; // It is seen when the player looks inside.
      if (done.path !== "/economy/zone" || !order.place.startsWith(OWN_ACCORD)) tellNews(done);
      keeper.seen(order.op);
    },
    onRefused(order: Order, error: ApiError) {
      if (order.path === "/economy/checkin") goals.checkedIn(error.data["next_at_ms"]);
      if (order.place.startsWith(OWN_ACCORD)) return void load("progress"); // Nobody has asked for it.
      if (order.path === "/claims" && error.code === "claimed") {
        claimed.value = new Set([...claimed.peek(), String(order.body["cause"])]);
        return reload();
      }
      refusals.value = { ...refusals.peek(), [order.place]: error };
      if (!asked.has(order.op)) tellNews(error); // Asked for by an earlier page: the player may be anywhere.
      reload();
      if (order.path === "/shop/buy") void load("shop");
    },
  });

  till.value = {
    order(path, body, place) {
      const { [place]: _, ...others } = refusals.peek();
      refusals.value = others;
      asked = new Set([...asked, keeper.place(path, body, place)]);
    },
    seen: (op) => keeper.seen(op),
    load: (part) => load(part),
    moreHistory: () => load("ledger", () => page(cursor)),
    proof: (op) => read("/chance/proofs/{entry}", { path: { entry: op } }),
    catalogueOf,
    seedSeenSince: (hash) => seeds.since(hash),
    now: () => clock.now() + clock_ahead_ms,
  };
  const goals = new GoalKeeper({
    clock,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    now: till.value.now,
    isBusy,
    order: till.value.order,
    load: () => void load("progress"),
  });
  effect(() => void (unseen.value = opened.value !== null));
  effect(() => void (toClaim.value = ready.value.quests + ready.value.season + ready.value.awards));
  effect(() => goals.counted(paid.value?.told_taps ?? 0));
  showLooks();
  effect(() => followSeason(progress.value?.season?.theme));
  effect(() => {
    if (pending.value > 0 || !on_their_way) return;
    on_their_way = false;
    void load("account");
  });
  effect(() => {
    // What this device has kept may be hours old, and something was bought in the chat since: who taps is told.
    if (!paid.value || !account.value || !from_device) return;
    from_device = false;
    void load("account");
  });
  effect(() => {
    // The first answer that says how many taps were paid may come after the wallet: they count from there.
    if (account.value && paid.value && paidWhenRead.peek() === null) paidWhenRead.value = paid.value.told_taps;
  });
  effect(() => {
    if (playerId.value === undefined || status.value !== "online") return;
    keeper.retryNow();
    if (failed.peek().account) void load("account");
    else if (!account.peek()) void begin();
    if (failed.peek().progress) void load("progress");
    else if (!progress.peek()) void beginGoals();
  });
  document.addEventListener("visibilitychange", () => !document.hidden && account.peek() && reload());
  keeper.start();
}

/** Whether the day's check-in is due, or something has ended since. */
function isOver({ streak, day, week, season }: ProgressView, now_ms: number): boolean {
  return streak.due || now_ms >= Math.min(streak.next_at_ms, day.ends_at_ms, week.ends_at_ms, season?.ends_at_ms ?? Infinity);
}
