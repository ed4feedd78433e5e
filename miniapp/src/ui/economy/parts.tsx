import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../../api/client";
import type { DropView, Item, RewardView } from "../../api/types";
import type { Kind } from "../../economy/goods";
import { language, number, refusalText, t } from "../../i18n";
import { timeLeft } from "../time-left";
import { isBusy, itemOf, news, refusals, till, waiting, type Done } from "./model";

/** One drawing for each kind of item, for money, and for what is locked. */
const ICONS: Record<Kind | "coin" | "gem" | "lock", string> = {
  lock: "M7 10V7a5 5 0 0 1 10 0v3h2v11H5V10Zm2 0h6V7a3 3 0 0 0-6 0Z",
  crate: "M12 2 22 7v10l-10 5L2 17V7Zm0 2.3L6.2 7.2 12 10l5.8-2.8ZM4 8.8V16l7 3.5v-7.3Zm16 0-7 3.4v7.3l7-3.5Z",
  boost: "M13 2 4 14h7l-1 8 10-13h-8Z",
  weapon: "M14 3l7 7-3 3-2.5-2.5L6 20l-3-3 9.5-9.5L10 5h0l2-2Z",
  armour: "M12 2 21 5v7c0 5-4 8.5-9 10-5-1.5-9-5-9-10V5Z",
  business: "M5 3h14l3 6v1a3 3 0 0 1-5.5 1.5 3 3 0 0 1-4.5 0 3 3 0 0 1-4.5 0A3 3 0 0 1 2 10V9ZM4 14h16v7h-6v-5h-4v5H4Z",
  housing: "M12 3 2 12h3v9h5v-6h4v6h5v-9h3Z",
  cosmetic: "M12 3a9 9 0 1 0 0 18c2 0 2-1.5 1.3-2.5-.8-1.2 0-2.5 1.5-2.5H18a3 3 0 0 0 3-3c0-5.5-4-10-9-10ZM7 13.5a1.5 1.5 0 1 1 0-3 1.5 1.5 0 0 1 0 3Zm3-5a1.5 1.5 0 1 1 0-3 1.5 1.5 0 0 1 0 3Zm5 0a1.5 1.5 0 1 1 0-3 1.5 1.5 0 0 1 0 3Z",
  title: "M4 4h16v11H8l-4 5Zm3 4v2h10V8Z",
  coin: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20Zm0 4 6 3-6 3-6-3Zm-6 6 6 3 6-3v2l-6 3-6-3Z",
  gem: "M6 3h12l4 6-10 12L2 9Zm1 2L5 8.5h4.5L11 5Zm6 0 1.5 3.5H19L17 5Z",
};

export function Drawing({ name }: { name: keyof typeof ICONS }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={ICONS[name]} />
    </svg>
  );
}

/** A text of the catalogue in the player's language. */
export function said(texts: Record<string, string>): string {
  return texts[language.value] ?? texts["en"] ?? "";
}

export function itemName(id: string): string {
  const item = itemOf(id);
  return item ? said(item.name) : id;
}

export function Tile({ item, money }: { item?: Item | undefined; money?: "coin" | "gem" }) {
  return (
    <span class={`tile ${money ?? `tile-${item?.rarity ?? "common"}`}`} aria-hidden="true">
      <Drawing name={money ?? item?.kind ?? "crate"} />
    </span>
  );
}

export function Rarity({ item }: { item: Item }) {
  return <span class={`rarity rarity-${item.rarity}`}>{t(item.rarity)}</span>;
}

const compact = (amount: number) =>
  new Intl.NumberFormat(language.value, { notation: "compact", maximumFractionDigits: 2 }).format(amount);

/** An amount of money; large ones are shortened where there is little room. */
export function Money({ amount, currency = "coin", short = false }: { amount: number; currency?: "coin" | "gem"; short?: boolean }) {
  return (
    <span class="money">
      <span class={`mark ${currency}`} aria-hidden="true">
        <Drawing name={currency} />
      </span>
      {short && amount >= 1_000_000 ? compact(amount) : number(amount)}
      <span class="visually-hidden"> {t(currency)}</span>
    </span>
  );
}

/** An amount in words. */
export function sum(count: number, currency: "coin" | "gem"): string {
  return t(currency === "gem" ? "gems_n" : "coins_n", { count });
}

/** What an item does, in one line. */
export function effectOf(item: Item): string {
  switch (item.kind) {
    case "weapon":
      return t("does_weapon", { percent: item.tap_permille / 10, taps: item.lasts * 1000 });
    case "armour":
      return t("does_armour", { percent: item.defence / 10, taps: item.lasts * 1000 });
    case "business":
      return t("does_business", { revenue: item.revenue_h, upkeep: item.upkeep_h ?? 0 });
    case "housing":
      return t("does_housing", { hours: item.hours, upkeep: item.upkeep_h ?? 0 });
    case "boost":
      return t("does_boost", { percent: item.permille / 10, taps: item.taps });
    case "crate":
      return t("does_crate", { things: item.drops.length });
    case "title":
      return t("does_title");
    case "cosmetic":
      return t(`does_${item.slot as "colour" | "frame" | "button"}`);
  }
}

/** What a crate gave, as a line. */
export function dropName({ item, currency, count }: DropView): string {
  if (currency) return sum(count, currency);
  const name = itemName(item ?? "");
  return count > 1 ? `${name} ${t("pieces", { count })}` : name;
}

/** What a reward brings, in words. */
export function gainOf({ coin, gem, xp, goods = {}, freezes }: Partial<RewardView>): string {
  const parts = [
    coin && sum(coin, "coin"),
    gem && sum(gem, "gem"),
    xp && t("xp_n", { count: xp }),
    ...Object.entries(goods).map(([item, count]) => dropName({ item, currency: null, count })),
    freezes && t("freezes_n", { count: freezes }),
  ];
  return parts.filter(Boolean).join(", ");
}

/** The time, every few seconds: the server's, as far as it is known. */
export function useNow(every_ms = 1000): number {
  const read = () => till.peek()?.now() ?? Date.now();
  const [now, setNow] = useState(read);
  useEffect(() => {
    const timer = setInterval(() => setNow(read()), every_ms);
    return () => clearInterval(timer);
  }, [every_ms]);
  return now;
}

export function duration(ms: number): string {
  const minutes = Math.max(0, Math.ceil(ms / 60_000));
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return t("time_days", { days: Math.floor(hours / 24), hours: hours % 24 });
  return hours > 0 ? t("time_hours", { hours, minutes: minutes % 60 }) : t("time_minutes", { minutes });
}

/** Why something was refused, in the player's words. */
export function whyNot(error: ApiError): string {
  const { need, have, currency, price } = error.data;
  if (error.code === "not_enough" && typeof need === "number" && typeof have === "number")
    return t("lacking", { amount: sum(need - have, currency === "gem" ? "gem" : "coin") });
  if (error.code === "price_changed" && typeof price === "number") return t("price_now", { price });
  const text = refusalText(error.code) ?? t("refused_generic");
  return error.status === 429 ? `${text} (${timeLeft(error.retry_after_ms)})` : text;
}

/** What has become of that which was asked for here, unless it is done: then it is news. `quiet` while all is well. */
export function Outcome({ place, quiet = false }: { place: string; quiet?: boolean }) {
  const error = refusals.value[place];
  const busy = isBusy(place);
  return (
    <p class={error ? "problem" : "help"} role="status" data-testid="outcome">
      {busy ? waiting.value ? t("waiting") : !quiet && t("sending") : error && whyNot(error)}
    </p>
  );
}

function told(done: Done): string {
  switch (done.path) {
    case "/shop/buy":
      return `${itemName(done.receipt.item)}: ${t("bought")}`;
    case "/inventory/sell":
      return `${itemName(done.receipt.item)}: ${t("sold", { count: done.receipt.coins })}`;
    case "/inventory/use":
      return `${itemName(done.receipt.item)}: ${t("used")}`;
    case "/inventory/equip":
      return done.receipt.item ? `${itemName(done.receipt.item)}: ${t("equipped")}` : t("unequipped");
    case "/inventory/repair":
      return `${itemName(done.receipt.item)}: ${t("repaired")}`;
    case "/economy/collect":
      return t("collected", { count: done.receipt.coins });
    case "/chance/seed":
      return t("reseeded");
    case "/economy/checkin":
      return t("checked_in", { day: done.receipt.streak, gain: gainOf(done.receipt.reward) });
    case "/claims":
      return t("claimed_gain", { gain: gainOf(done.receipt.reward) });
    case "/missions/reroll":
      return t("swapped");
    case "/economy/zone":
      return t("zone_set", { zone: done.receipt.zone });
    case "/factions":
    case "/factions/{faction}/donate":
      return t("done");
    case "/crates/open":
      return "";
  }
}

/** What was done last, over the page for a while. */
export function News() {
  const last = news.value;
  return (
    <div class="news-place" role="status">
      {last && (
        <p class={last instanceof ApiError ? "news bad" : "news"} data-testid="news">
          {last instanceof ApiError ? whyNot(last) : told(last)}
        </p>
      )}
    </div>
  );
}

export interface RowProps {
  id: string;
  icon: ComponentChildren;
  name: ComponentChildren;
  facts: ComponentChildren;
  side?: ComponentChildren;
  children: ComponentChildren;
}

/** A thing in a list; pressing it shows what can be done with it. */
export function Row({ id, icon, name, facts, side, children }: RowProps) {
  const open = useSignal(false);
  return (
    <li class="thing" data-testid="thing" data-thing={id}>
      <button type="button" class="thing-head" aria-expanded={open.value} aria-controls={`of-${id}`} onClick={() => (open.value = !open.value)}>
        {icon}
        <span class="thing-text">
          <span class="thing-name">{name}</span>
          <span class="thing-facts">{facts}</span>
        </span>
        {side && <span class="thing-side">{side}</span>}
      </button>
      <div id={`of-${id}`} class="thing-body" hidden={!open.value}>
        {open.value && children}
      </div>
    </li>
  );
}

export function Stepper({ value, most, change }: { value: number; most: number; change: (value: number) => void }) {
  const step = (by: number) => change(Math.max(1, Math.min(most, value + by)));
  return (
    <div class="stepper" role="group" aria-label={t("count")}>
      <button type="button" class="button quiet" aria-label={t("fewer")} disabled={value <= 1} onClick={() => step(-1)}>
        −
      </button>
      <output aria-live="polite">{number(value)}</output>
      <button type="button" class="button quiet" aria-label={t("more")} disabled={value >= most} onClick={() => step(1)}>
        +
      </button>
    </div>
  );
}

interface PressProps {
  class?: string;
  disabled?: boolean;
  press: () => void;
  testid: string;
  children: ComponentChildren;
}

/** A button that takes the place of another one, and its focus. */
export function Next({ class: name = "", disabled = false, press, testid, children }: PressProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus({ preventScroll: true }), []);
  return (
    <button ref={button} type="button" class={`button ${name}`} disabled={disabled} data-testid={testid} onClick={press}>
      {children}
    </button>
  );
}

/** What a list shows while it has nothing to show: it loads, or it could not be loaded. */
export function Missing({ failed, text, retry }: { failed: boolean; text: string; retry: () => void }) {
  return (
    <>
      <p class="hint" role="status">
        {failed ? text : t("board_loading")}
      </p>
      {failed && (
        <button type="button" class="button quiet wide" onClick={retry}>
          {t("again")}
        </button>
      )}
    </>
  );
}
