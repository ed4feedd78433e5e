import { useComputed } from "@preact/signals";
import { t } from "../i18n";
import { clicks, newcomer, player } from "./model";

const FIRST_TAPS = 10;

/** Shows a new player what to do, over the button: it takes no room, and goes after ten taps. */
export function FirstTaps() {
  const left = useComputed(() => Math.max(0, FIRST_TAPS - clicks.value)).value; // No tap after the tenth renders this.
  const inviter = newcomer.value?.invited_by;
  if (!player.value || left === 0) return null;
  return (
    <p class="first-taps" role="note" data-testid="first-taps">
      {left < FIRST_TAPS ? t("first_taps", { count: left }) : inviter ? t("first_tap_invited", { name: inviter }) : t("first_tap")}
    </p>
  );
}
