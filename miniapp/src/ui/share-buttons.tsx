import { t } from "../i18n";
import { inviteState, useActions } from "./model";

/** Sharing the score: as a message to any chat, and as a story where the client has them. */
export function ShareButtons() {
  const { canInvite, invite, canShareStory, shareStory } = useActions();
  const busy = inviteState.value === "busy";
  return (
    <>
      {canInvite() && (
        <button type="button" class="button wide" disabled={busy} onClick={invite} data-testid="invite">
          {t("invite")}
        </button>
      )}
      {canShareStory() && (
        <button type="button" class="button quiet wide" disabled={busy} onClick={shareStory} data-testid="story">
          {t("story")}
        </button>
      )}
    </>
  );
}
