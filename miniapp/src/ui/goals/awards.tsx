import { useRef } from "preact/hooks";
import type { AchievementView, ProgressView, TierState } from "../../api/types";
import { tierAhead } from "../../economy/goals";
import { number } from "../../i18n";
import { say } from "../../i18n/goals";
import { catalogue } from "../economy/model";
import { said } from "../economy/parts";
import { progress, stateOf } from "./model";
import { counted, Goal, GoalsPage } from "./parts";

const isClaimed = (one: Parameters<typeof stateOf>[0]) => stateOf(one) === "claimed";

/** What is there to claim first, then what is nearest. */
const nearness = ({ tiers, value }: AchievementView): number => {
  const tier = tierAhead(tiers, isClaimed);
  return isClaimed(tier) ? -1 : value / tier.target;
};

/** All achievements, each with the tier to work for. */
export function Awards() {
  const order = useRef<string[] | null>(null);
  return (
    <GoalsPage screen="awards">
      {() => {
        const { achievements } = progress.value as ProgressView;
        // Nothing moves under a finger: the order stays while the screen is shown.
        order.current ??= [...achievements].sort((one, other) => nearness(other) - nearness(one)).map(({ achievement }) => achievement);
        const tiers = achievements.flatMap((one) => one.tiers);
        return (
          <section class="card" aria-labelledby="awards-sum">
            <h2 id="awards-sum">{say("sum", { claimed: tiers.filter(isClaimed).length, of: tiers.length })}</h2>
            <ul class="things">
              {order.current.map((id) => {
                const one = achievements.find(({ achievement }) => achievement === id);
                return one && <Award key={id} of={one} />;
              })}
            </ul>
          </section>
        );
      }}
    </GoalsPage>
  );
}

function Award({ of: { achievement, value, tiers } }: { of: AchievementView }) {
  const data = catalogue.value?.achievements.find(({ id }) => id === achievement);
  const tier = tierAhead(tiers, isClaimed);
  const name = data ? said(data.name) : achievement;
  const about = data ? counted(data.about, data.forms, tier.target) : "";
  return <Goal of={tier} name={name} label={name} facts={`${about} ${rankOf(tier, tiers.length)}`} done={value} target={tier.target} />;
}

/** Which tier it is, and where that is known how many players have claimed it. */
export function rankOf({ tier, permille }: TierState, of: number): string {
  const rank = say("tier", { tier, of });
  if (permille === null) return rank;
  return `${rank} · ${permille > 0 ? say("rarity", { percent: number(permille / 10) }) : say("nobody")}`;
}
