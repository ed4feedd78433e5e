import { t } from "../../i18n";
import { Choice, Option } from "../leaderboard";
import { tab, unseen } from "../model";
import { Purse } from "./purse";

const PARTS = ["shop", "bag", "wallet", "fairness"] as const;

/** The head of what belongs to the shop: the wallet, and the way to the other parts. */
export function ShopHead() {
  return (
    <>
      <div class="top sticky">
        <Purse />
      </div>
      <Choice label={t("shop")}>
        {PARTS.map((part) => (
          <Option
            key={part}
            chosen={tab.value === part}
            choose={() => (tab.value = part)}
            text={`${t(`part_${part}`)}${part === "bag" && unseen.value ? " •" : ""}`}
            testid={`part-${part}`}
          />
        ))}
      </Choice>
    </>
  );
}
