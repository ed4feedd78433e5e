import { number, t } from "../i18n";
import { Choice, Option } from "./leaderboard";
import { tab, unread } from "./model";

/** The screens that share a button of the navigation. */
export function ProfileHead() {
  return (
    <Choice label={t("profile")}>
      <Option chosen={tab.value === "profile"} choose={() => (tab.value = "profile")} text={t("profile")} testid="part-profile" />
      <Option chosen={tab.value === "friends"} choose={() => (tab.value = "friends")} text={t("friends")} testid="part-friends" />
      <Option
        chosen={tab.value === "inbox"}
        choose={() => (tab.value = "inbox")}
        text={unread.value ? `${t("inbox")} (${number(unread.value)})` : t("inbox")}
        testid="part-inbox"
      />
    </Choice>
  );
}
