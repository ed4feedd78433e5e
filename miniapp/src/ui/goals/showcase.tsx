import { useEffect } from "preact/hooks";
import { t } from "../../i18n";
import { say } from "../../i18n/goals";
import { catalogue, failed, till } from "../economy/model";
import { Missing, said } from "../economy/parts";
import { tab } from "../model";
import { rankOf } from "./awards";
import { progress, stateOf } from "./model";

const SHOWN = 5;

/** The rarest achievements of the player, on their profile. */
export function Showcase() {
  const desk = till.value;
  const load = () => void desk?.load("progress");
  useEffect(load, [desk]);
  const view = progress.value;
  const tiers = view?.achievements.flatMap(({ achievement, tiers }) =>
    tiers.filter((tier) => stateOf(tier) === "claimed").slice(-1).map((tier) => ({ achievement, tier, of: tiers.length })),
  );
  tiers?.sort((one, other) => (one.tier.permille ?? 1000) - (other.tier.permille ?? 1000));
  return (
    <section class="card" aria-labelledby="showcase-title" data-testid="showcase">
      <h2 id="showcase-title">{say("awards")}</h2>
      {!(tiers && catalogue.value) && <Missing failed={!!failed.value.progress} text={t("screen_failed")} retry={load} />}
      {tiers?.length === 0 && <p class="hint">{say("awards_none")}</p>}
      <ul class="rows">
        {tiers?.slice(0, SHOWN).map(({ achievement, tier, of }) => {
          const data = catalogue.value?.achievements.find(({ id }) => id === achievement);
          return (
            data && (
              <li key={achievement} class="row">
                <span aria-hidden="true">★</span>
                <span class="name">{said(data.name)}</span>
                <span class="hint">{rankOf(tier, of)}</span>
              </li>
            )
          );
        })}
      </ul>
      <button type="button" class="button quiet wide" onClick={() => (tab.value = "awards")} data-testid="to-awards">
        {say("awards")}
      </button>
    </section>
  );
}
