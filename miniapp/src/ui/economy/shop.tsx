import { signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { OfferView } from "../../api/types";
import { byKind, isUnique } from "../../economy/goods";
import { t } from "../../i18n";
import { Choice, Option } from "../leaderboard";
import { tab } from "../model";
import { account, catalogue, coins, crateOf, failed, gems, inventory, isBusy, itemOf, refusals, shop, till, xp } from "./model";
import { Odds } from "./odds";
import { Drawing, duration, effectOf, itemName, Missing, Money, Outcome, Rarity, Row, said, Stepper, sum, Tile, useNow } from "./parts";
import { ShopHead } from "./sections";

const SHOPS = ["always", "daily", "black_market"] as const;
/** How many of a stack can be bought at once. */
const MOST = 10;

const chosen = signal<(typeof SHOPS)[number]>("always");

/** What is for sale: always, to this player today, and to everybody for some hours. */
export function Shop() {
  const desk = till.value;
  useEffect(() => {
    void desk?.load("shop");
    void desk?.load("account");
    void desk?.load("inventory"); // How many of a crate are in the bag already.
  }, [desk]);
  const offers = shop.value?.offers.filter((offer) => offer.shop === chosen.value);
  return (
    <section class="economy" aria-labelledby="shop-title" data-testid="shop">
      <ShopHead />
      <h1 id="shop-title" class="visually-hidden">
        {t("shop")}
      </h1>
      <Choice label={t("shop_offers")}>
        {SHOPS.map((name) => (
          <Option
            key={name}
            chosen={name === chosen.value}
            choose={() => (chosen.value = name)}
            text={t(`shop_${name}`)}
            testid={`part-${name}`}
          />
        ))}
      </Choice>
      {chosen.value !== "always" && offers?.[0] && <Until offer={offers[0]} />}
      {failed.value.shop && shop.value && (
        <p class="hint" role="status">
          {t("shop_failed")}
        </p>
      )}
      {offers && catalogue.value ? (
        <Offers key={chosen.value} offers={offers} />
      ) : (
        <Missing failed={!!failed.value.shop} text={t("shop_failed")} retry={() => void desk?.load("shop")} />
      )}
    </section>
  );
}

/** When these offers give way to others; loads those then. */
function Until({ offer }: { offer: OfferView }) {
  const now = useNow();
  const left_ms = (offer.until_ms ?? Infinity) - now;
  const over = left_ms <= 0;
  useEffect(() => {
    if (over) void till.peek()?.load("shop");
  }, [over]);
  if (offer.until_ms === null) return null;
  return (
    <p class="hint" data-testid="shop-until">
      {t(offer.shop === "daily" ? "shop_daily_hint" : "shop_market_hint")} {t("shop_ends", { time: duration(left_ms) })}
    </p>
  );
}

function Offers({ offers }: { offers: OfferView[] }) {
  const known = offers.filter((offer) => itemOf(offer.item));
  if (known.length === 0) return <p class="hint">{t("shop_none")}</p>;
  return (
    <>
      {byKind(known, (offer) => itemOf(offer.item)).map(([kind, found]) => (
        <section key={kind} class="card" aria-labelledby={`shop-${kind}`}>
          <h2 id={`shop-${kind}`}>{t(kind)}</h2>
          <ul class="things">
            {found.map((offer) => (
              <Offer key={offer.id} offer={offer} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** The tier that an offer asks for, while the player has not reached it. */
function lockOf({ tier }: OfferView): { name: string; missing: number } | null {
  const wanted = catalogue.value?.tiers.find((one) => one.id === tier);
  const missing = (wanted?.xp ?? 0) - (xp.value ?? account.value?.xp ?? 0);
  return wanted && missing > 0 ? { name: said(wanted.name), missing } : null;
}

function Offer({ offer }: { offer: OfferView }) {
  const item = itemOf(offer.item);
  const lock = lockOf(offer);
  if (!item) return null;
  return (
    <Row
      id={offer.id}
      icon={<Tile item={item} />}
      name={
        <>
          {said(item.name)} {offer.count > 1 && t("pieces", { count: offer.count })}
        </>
      }
      facts={
        <>
          <Rarity item={item} /> <span>{effectOf(item)}</span>
          {offer.left !== null && <b class="stock">{offer.left > 0 ? t("stock", { count: offer.left }) : t("sold_out")}</b>}
        </>
      }
      side={
        <>
          <Money amount={offer.price} currency={offer.currency} />
          {lock && (
            <span class="lock">
              <Drawing name="lock" />
              <span class="visually-hidden">{t("from_tier", { tier: "" })}</span>
              {lock.name}
            </span>
          )}
        </>
      }
    >
      <p class="hint">{said(item.about)}</p>
      {item.kind === "crate" && <Odds crate={item.id} />}
      {lock ? <p class="help">{t("tier_locked", { tier: lock.name, xp: lock.missing })}</p> : <Buy offer={offer} />}
    </Row>
  );
}

function Buy({ offer }: { offer: OfferView }) {
  const count = useSignal(1);
  const place = `offer:${offer.id}`;
  const price = offer.price * count.value;
  const have = (offer.currency === "gem" ? gems.value : coins.value) ?? 0;
  const lacking = Math.max(0, price - have);
  const gone = offer.left === 0;
  const item = itemOf(offer.item);
  const bought = inventory.value?.stacks.find((stack) => stack.item === offer.item)?.count ?? 0;
  return (
    <div class="deal">
      {item && !isUnique(item) && !gone && (
        <Stepper value={count.value} most={Math.min(MOST, offer.left ?? MOST)} change={(value) => (count.value = value)} />
      )}
      <button
        type="button"
        class="button"
        disabled={isBusy(place) || lacking > 0 || gone}
        data-testid="buy"
        onClick={() => till.value?.order("/shop/buy", { offer: offer.id, price: offer.price, count: count.value }, place)}
      >
        {gone ? t("sold_out") : t("buy")} <Money amount={price} currency={offer.currency} />
        <span class="visually-hidden">{itemName(offer.item)}</span>
      </button>
      {!gone && lacking > 0 && !refusals.value[place] && (
        <p class="help" data-testid="lacking">
          {t("lacking", { amount: sum(lacking, offer.currency) })}
        </p>
      )}
      <Outcome place={place} />
      {crateOf(offer.item) && bought > 0 && (
        <button type="button" class="button quiet" onClick={() => (tab.value = "bag")} data-testid="to-bag">
          {t("go_bag", { count: bought })}
        </button>
      )}
    </div>
  );
}
