import { t } from "../../i18n";
import { Choice, Option } from "../leaderboard";
import { tab } from "../model";
import { Purse } from "./purse";

/** The head of what belongs to the bag: the wallet, and the way to the other parts. */
export function BagHead() {
  return (
    <>
      <div class="top sticky">
        <Purse />
      </div>
      <Choice label={t("bag")}>
        <Option chosen={tab.value === "bag"} choose={() => (tab.value = "bag")} text={t("bag_title")} testid="part-bag" />
        <Option chosen={tab.value === "wallet"} choose={() => (tab.value = "wallet")} text={t("bag_history")} testid="part-wallet" />
        <Option chosen={tab.value === "fairness"} choose={() => (tab.value = "fairness")} text={t("bag_fairness")} testid="part-fairness" />
      </Choice>
    </>
  );
}
