import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Item, PieceView, StackView } from "../../api/types";
import { byKind, SLOTS, slotOf, type Slot } from "../../economy/goods";
import { revenueAt } from "../../economy/income";
import { number, t } from "../../i18n";
import { tab } from "../model";
import { CrateDialog, look } from "./crate";
import { account, catalogue, failed, inventory, isBusy, itemOf, opened, till } from "./model";
import { duration, effectOf, itemName, Missing, Money, Next, Outcome, Rarity, Row, said, Stepper, Tile, useNow } from "./parts";
import { ShopHead } from "./sections";

/** All that the player has, what of it is in use, and what it earns. */
export function Bag() {
  const desk = till.value;
  useEffect(() => {
    void desk?.load("inventory");
    void desk?.load("account");
  }, [desk]);
  const unseen = opened.value;
  useEffect(() => {
    if (unseen) look(String(unseen.body["crate"]));
  }, [unseen?.op]);
  const have = inventory.value;
  return (
    <section class="economy" aria-labelledby="bag-title" data-testid="bag">
      <ShopHead />
      <div class="card">
        <h1 id="bag-title">{t("part_bag")}</h1>
        {have && catalogue.value ? (
          <p class="hint">{t("bag_room", { used: have.bag - have.room, places: have.bag })}</p>
        ) : (
          <Missing failed={!!failed.value.inventory} text={t("bag_failed")} retry={() => void desk?.load("inventory")} />
        )}
        {have && failed.value.inventory && (
          <p class="hint" role="status">
            {t("bag_failed")}
          </p>
        )}
        {have?.stacks.length === 0 && have.pieces.length === 0 && (
          <>
            <p>{t("bag_empty")}</p>
            <button type="button" class="button wide" onClick={() => (tab.value = "shop")}>
              {t("go_shop")}
            </button>
          </>
        )}
      </div>
      {have && catalogue.value && (
        <>
          <Escrow pieces={have.pieces.filter((piece) => piece.escrow_until_ms !== null)} />
          <Takings />
          <Boosts />
          <InUse />
          <Things stacks={have.stacks} pieces={have.pieces.filter((piece) => piece.escrow_until_ms === null)} />
        </>
      )}
      <CrateDialog />
    </section>
  );
}

/** Businesses' revenue, and how long it still piles up. */
function Takings() {
  const now = useNow();
  const known = account.value;
  if (!known || known.revenue.full_at_ms === null) return null;
  const { per_h, upkeep_per_h, full_at_ms } = known.revenue;
  const ready = revenueAt(now, known);
  return (
    <section class="card" aria-labelledby="takings-title" data-testid="takings">
      <h2 id="takings-title">{t("collect_title")}</h2>
      <p class="hint">{t("collect_rate", { revenue: per_h, upkeep: upkeep_per_h })}</p>
      <p class="help">{now >= full_at_ms ? t("collect_full") : t("collect_full_in", { time: duration(full_at_ms - now) })}</p>
      <button
        type="button"
        class="button wide"
        disabled={ready === 0 || isBusy("collect")}
        data-testid="collect"
        onClick={() => till.value?.order("/economy/collect", {}, "collect")}
      >
        {ready > 0 ? t("collect_now", { coins: ready }) : t("collect_nothing")}
      </button>
      <Outcome place="collect" />
    </section>
  );
}

function Boosts() {
  const boosts = (account.value?.boosts ?? []).filter((boost) => itemOf(boost.source));
  if (boosts.length === 0) return null;
  return (
    <section class="card" aria-labelledby="boosts-title">
      <h2 id="boosts-title">{t("boosts_title")}</h2>
      <ul class="things">
        {boosts.map((boost, i) => (
          <li key={i} class="plain">
            <Tile item={itemOf(boost.source)} />
            <span class="name">
              {itemName(boost.source)} +{number(boost.permille / 10)}%
            </span>
            <span class="score">{t("boost_left", { count: boost.taps_left })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function InUse() {
  const worn = account.value?.worn ?? {};
  return (
    <section class="card" aria-labelledby="worn-title" data-testid="worn">
      <h2 id="worn-title">{t("worn_title")}</h2>
      <dl class="slots">
        {SLOTS.map((slot: Slot) => {
          const item = itemOf(worn[slot] ?? "");
          return (
            <div key={slot} class={item ? "slot" : "slot empty"}>
              <dt>{t(`slot_${slot}`)}</dt>
              <dd>{item ? said(item.name) : t("slot_empty")}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

/** Pieces that the bag has no room for. */
function Escrow({ pieces }: { pieces: PieceView[] }) {
  const now = useNow(10_000);
  if (pieces.length === 0) return null;
  return (
    <section class="card urgent" aria-labelledby="escrow-title" data-testid="escrow">
      <h2 id="escrow-title">{t("escrow_title")}</h2>
      <p class="hint">{t("escrow_hint")}</p>
      <ul class="things">
        {pieces.map((piece) => (
          <li key={piece.id} class="plain">
            <Tile item={itemOf(piece.item)} />
            <span class="name">{itemName(piece.item)}</span>
            <span class="score">{t("escrow_left", { time: duration((piece.escrow_until_ms ?? 0) - now) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type Thing = StackView | PieceView;

function Things({ stacks, pieces }: { stacks: StackView[]; pieces: PieceView[] }) {
  const things: Thing[] = [...stacks, ...pieces];
  return (
    <>
      {byKind(things, (thing) => itemOf(thing.item)).map(([kind, found]) => (
        <section key={kind} class="card" aria-labelledby={`bag-${kind}`}>
          <h2 id={`bag-${kind}`}>{t(kind)}</h2>
          <ul class="things">
            {found.map((thing) => ("id" in thing ? <Piece key={thing.id} piece={thing} /> : <Stack key={thing.item} stack={thing} />))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Stack({ stack }: { stack: StackView }) {
  const item = itemOf(stack.item) as Item;
  const place = `stack:${stack.item}`;
  const busy = isBusy(place);
  return (
    <Row
      id={stack.item}
      icon={<Tile item={item} />}
      name={said(item.name)}
      facts={
        <>
          <Rarity item={item} /> <span>{effectOf(item)}</span>
        </>
      }
      side={
        <>
          <b>{t("pieces", { count: stack.count })}</b>
          {stack.worn && <span class="lock">{t("in_use")}</span>}
        </>
      }
    >
      <p class="hint">{said(item.about)}</p>
      <div class="deal">
        {item.kind === "crate" && (
          <button type="button" class="button" onClick={() => look(item.id)} data-testid="look">
            {t("open")}
          </button>
        )}
        {item.kind === "boost" && (
          <button
            type="button"
            class="button"
            disabled={busy}
            data-testid="use"
            onClick={() => till.value?.order("/inventory/use", { item: item.id }, place)}
          >
            {t("use")}
          </button>
        )}
        {slotOf(item) && <Equip of={{ item: item.id }} worn={stack.worn} item={item} place={place} />}
        <Sell of={{ item: item.id }} each={item.sell ?? 0} most={stack.count} place={place} />
        <Outcome place={place} />
      </div>
    </Row>
  );
}

function Piece({ piece }: { piece: PieceView }) {
  const item = itemOf(piece.item) as Item;
  const place = `piece:${piece.id}`;
  const wear = piece.lasts > 0 ? Math.floor((piece.used / piece.lasts) * 100) : 0;
  return (
    <Row
      id={piece.id}
      icon={<Tile item={item} />}
      name={said(item.name)}
      facts={
        <>
          <Rarity item={item} /> <span>{effectOf(item)}</span>
          {wear > 0 && <b class={wear >= 100 ? "wear out" : "wear"}>{t("wear", { percent: wear })}</b>}
        </>
      }
      side={piece.worn && <span class="lock">{t("in_use")}</span>}
    >
      <p class="hint">{said(item.about)}</p>
      {wear >= 100 && <p class="problem">{t("wear_out")}</p>}
      <div class="deal">
        {slotOf(item) && <Equip of={{ instance: piece.id }} worn={piece.worn} item={item} place={place} />}
        {piece.repair_price > 0 && (
          <button
            type="button"
            class="button quiet"
            disabled={isBusy(place)}
            data-testid="repair"
            onClick={() => till.value?.order("/inventory/repair", { instance: piece.id }, place)}
          >
            {t("repair_for", { price: piece.repair_price })}
          </button>
        )}
        {!piece.worn && <Sell of={{ instance: piece.id }} each={piece.sells_for} most={1} place={place} />}
        <Outcome place={place} />
      </div>
    </Row>
  );
}

function Equip({ of, worn, item, place }: { of: object; worn: boolean; item: Item; place: string }) {
  return (
    <button
      type="button"
      class={worn ? "button quiet" : "button"}
      disabled={isBusy(place)}
      data-testid="equip"
      onClick={() => till.value?.order("/inventory/equip", { ...of, off: worn }, place)}
    >
      {t(worn ? "unequip" : item.kind === "housing" ? "equip_home" : "equip")}
    </button>
  );
}

/** Sells after a second press: what is sold does not come back. */
function Sell({ of, each, most, place }: { of: object; each: number; most: number; place: string }) {
  const asking = useSignal(false);
  const count = useSignal(1);
  if (each === 0) return <p class="help">{t("not_sold")}</p>;
  const much = Math.min(count.value, most);
  const sell = () => {
    asking.value = false;
    till.value?.order("/inventory/sell", { ...of, count: much }, place);
  };
  if (!asking.value)
    return (
      <button type="button" class="button quiet" disabled={isBusy(place)} data-testid="sell" onClick={() => (asking.value = true)}>
        {t("sell")} <Money amount={each} />
      </button>
    );
  return (
    <>
      {most > 1 && <Stepper value={much} most={Math.min(most, 100)} change={(value) => (count.value = value)} />}
      <Next class="danger" testid="sell-sure" press={sell}>
        {t("sell_for", { price: each * much })}
      </Next>
      <button type="button" class="button quiet" onClick={() => (asking.value = false)}>
        {t("cancel")}
      </button>
    </>
  );
}
