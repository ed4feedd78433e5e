import { useEffect, useRef } from "preact/hooks";
import type { LedgerLine } from "../../api/types";
import { dateTime, number, t, type PlainKey } from "../../i18n";
import { account, catalogue, failed, history, itemOf, till, xp } from "./model";
import { itemName, Missing, Money, said } from "./parts";
import { tierShare } from "./purse";
import { ShopHead } from "./sections";

/** The player's status, and all that has become of their money. */
export function Wallet() {
  return (
    <section class="economy" aria-labelledby="wallet-title" data-testid="wallet">
      <ShopHead />
      <h1 id="wallet-title" class="visually-hidden">
        {t("part_wallet")}
      </h1>
      <Tiers />
      <History />
    </section>
  );
}

function Tiers() {
  const known = account.value;
  const fill = useRef<HTMLSpanElement>(null);
  const share = tierShare();
  useEffect(() => void fill.current?.style.setProperty("transform", `translateX(${(share - 1) * 100}%)`), [share, known]);
  if (!known || !catalogue.value) return null;
  const { tier } = known;
  const have = xp.value ?? known.xp;
  const next = tier.next;
  const text = next ? t("tier_next", { count: Math.max(0, next.xp - have), tier: said(next.name) }) : t("tier_top");
  return (
    <section class="card" aria-labelledby="tier-title" data-testid="tiers">
      <p class="captions">
        <b id="tier-title">{said(tier.name)}</b>
        <span>{text}</span>
      </p>
      <span class="bar bar-tier" role="progressbar" aria-labelledby="tier-title" aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.floor(share * 100)} aria-valuetext={text}>
        <span ref={fill} class="bar-fill" />
      </span>
      <p class="help">{t("tier_hint")}</p>
      <ol class="ladder" aria-label={t("tiers_title")}>
        {[...catalogue.value.tiers]
          .sort((one, other) => one.xp - other.xp)
          .map((one) => (
            <li key={one.id} class={one.xp <= have ? "reached" : ""} aria-current={one.id === tier.id ? "step" : undefined}>
              <span class="name">{said(one.name)}</span>
              <span class="score">{number(one.xp)} XP</span>
            </li>
          ))}
      </ol>
    </section>
  );
}

function History() {
  const desk = till.value;
  const { lines, more, busy } = history.value;
  useEffect(() => {
    void desk?.load("ledger");
    void desk?.load("account");
  }, [desk]);
  return (
    <section class="card" aria-labelledby="history-title" aria-busy={busy} data-testid="history">
      <h2 id="history-title">{t("history")}</h2>
      {!lines && <Missing failed={!!failed.value.ledger} text={t("history_failed")} retry={() => void desk?.load("ledger")} />}
      {lines?.length === 0 && <p class="hint">{t("history_none")}</p>}
      {lines && lines.length > 0 && (
        <ul class="things">
          {lines.map((line) => (
            <Line key={line.seq} line={line} />
          ))}
        </ul>
      )}
      {lines && failed.value.ledger && (
        <p class="hint" role="status">
          {t("history_failed")}
        </p>
      )}
      {more && (
        <button type="button" class="button quiet wide" disabled={busy} onClick={() => void desk?.moreHistory()} data-testid="history-more">
          {t("history_more")}
        </button>
      )}
    </section>
  );
}

const KINDS: Record<string, PlainKey> = {
  buy: "kind_buy",
  sell: "kind_sell",
  use: "kind_use",
  equip: "kind_equip",
  repair: "kind_repair",
  open: "kind_open",
  collect: "kind_collect",
  settle: "kind_settle",
  reseed: "kind_reseed",
  cheer: "kind_cheer",
  claim: "kind_claim",
  checkin: "kind_checkin",
  reroll: "kind_reroll",
  zone: "kind_zone",
};
const ACCOUNTS: Record<string, PlainKey> = {
  "mint:taps": "account_taps",
  "sink:shop": "account_shop",
  "mint:sales": "account_sales",
  "mint:business": "account_business",
  "sink:upkeep": "account_upkeep",
  "mint:crates": "account_crates",
  "sink:repair": "account_repair",
  "mint:goals": "account_goals",
  "sink:goals": "account_goals",
  "mint:raids": "account_raids",
  "sink:raids": "account_raids",
  "escrow:duels": "account_duels",
};

function Line({ line }: { line: LedgerLine }) {
  const goods = Object.entries(line.goods).filter(([id]) => itemOf(id));
  const about = line.item && itemOf(line.item) && !(line.item in line.goods) ? ` · ${itemName(line.item)}` : ""; // Else below.
  return (
    <li class="entry" data-testid="entry">
      <p class="captions">
        <b>
          {t(KINDS[line.kind] ?? "kind_grant")}
          {about}
        </b>
        <time dateTime={new Date(line.at_ms).toISOString()}>{dateTime(line.at_ms)}</time>
      </p>
      <ul>
        {line.changes.map(({ account: from, currency, amount }, i) => (
          <li key={i}>
            <span class="name">{t(ACCOUNTS[from] ?? "account_other")}</span>
            <span class={amount > 0 ? "score plus" : "score"}>
              {amount > 0 ? "+" : "−"}
              <Money amount={Math.abs(amount)} currency={currency} />
            </span>
          </li>
        ))}
        {goods.map(([id, count]) => (
          <li key={id}>
            <span class="name">{itemName(id)}</span>
            <span class="score">
              {count > 0 ? "+" : "−"}
              {number(Math.abs(count))}
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}
