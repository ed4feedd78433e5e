import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { tab } from "../model";
import { account, coins, gems, xp } from "./model";
import { Money, News, said } from "./parts";

/** The player's money and status; leads to what has become of it. */
export function Purse() {
  const known = account.value;
  const [coin, gem] = [coins.value ?? 0, gems.value ?? 0];
  if (!known) return <div class="purse" aria-hidden="true" />;
  const tier = said(known.tier.name);
  return (
    <>
      <button
        type="button"
        class="purse"
        data-testid="purse"
        onClick={() => (tab.value = "wallet")}
      >
        <span class="visually-hidden">{t("purse")}</span>
        <span data-testid="coins">
          <Money amount={coin} short />
        </span>
        <span data-testid="gems">
          <Money amount={gem} currency="gem" short />
        </span>
        <span class="tier-badge" data-testid="tier">
          {tier}
          <TierLine />
        </span>
      </button>
      <News />
    </>
  );
}

/** How far it is to the next tier, from 0 to 1. */
export function tierShare(): number {
  const known = account.value;
  if (!known?.tier.next) return 1;
  return Math.min(1, ((xp.value ?? known.xp) - known.tier.xp) / (known.tier.next.xp - known.tier.xp));
}

function TierLine() {
  const fill = useRef<HTMLSpanElement>(null);
  const share = tierShare();
  useEffect(() => void fill.current?.style.setProperty("transform", `translateX(${(share - 1) * 100}%)`), [share]);
  return (
    <span class="bar bar-tier" aria-hidden="true">
      <span ref={fill} class="bar-fill" />
    </span>
  );
}
