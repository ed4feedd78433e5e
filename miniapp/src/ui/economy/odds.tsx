import { oddsOf, rareWithin } from "../../economy/odds";
import { rarityIn } from "../../economy/proof";
import type { Crate } from "../../economy/draws";
import { language, t } from "../../i18n";
import { account, catalogue, crateOf, itemOf } from "./model";
import { dropName, Tile } from "./parts";

/** The published chance of everything in a crate, as it stands for this player's next one. */
export function Odds({ crate: id }: { crate: string }) {
  const crate = crateOf(id);
  if (!crate || !catalogue.value) return null;
  const misses = account.value?.draws.pity[id] ?? 0;
  const within = rareWithin(crate as Crate, misses);
  const percent = new Intl.NumberFormat(language.value, { style: "percent", maximumFractionDigits: 2 });
  const rarity = crate.pity ? t(crate.pity.rarity) : "";
  return (
    <div class="odds" data-testid="odds">
      <h3>{t("odds")}</h3>
      <p class="help">{within === 1 ? t("odds_guaranteed", { rarity }) : t("odds_each")}</p>
      <ul>
        {oddsOf(crate as Crate, misses, rarityIn(catalogue.value)).map(({ drop, share }, i) => (
          <li key={i}>
            <Tile item={itemOf(drop.item ?? "")} {...(drop.currency ? { money: drop.currency as "coin" | "gem" } : {})} />
            <span class="name">
              {dropName({ item: drop.item ?? null, currency: (drop.currency as "coin" | "gem" | undefined) ?? null, count: drop.count ?? 1 })}
            </span>
            <span class="score">{percent.format(share)}</span>
          </li>
        ))}
      </ul>
      {within !== null && within > 1 && <p class="help">{t("pity", { rarity, count: within })}</p>}
    </div>
  );
}
