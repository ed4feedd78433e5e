import { t } from "../i18n";

/** What to call a player: older servers send no public names. */
export function nameOf(player: { public_name: string; username: string | null }): string {
  return player.public_name || player.username || t("anonymous");
}
