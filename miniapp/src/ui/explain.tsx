import { useEffect, useState } from "preact/hooks";
import { refusalText, t } from "../i18n";
import { banned, contact, pending, player, reason, useActions } from "./model";

/** A tapping finger must not press what has just appeared below it. */
const CALM_MS = 1000;

/** Shown instead of the button where nothing that this page can do will sign the player in. */
export function Explain() {
  const { close, writeTo } = useActions();
  const [calm, setCalm] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setCalm(true), CALM_MS);
    return () => clearTimeout(timer);
  }, []);
  const person = contact.value;
  const Title = player.value ? "h2" : "h1"; // Beside the score, that is the page's title.
  return (
    <div class="card explain" data-testid="explain">
      <Title>{t(banned.value ? "banned_title" : "expired_title")}</Title>
      <p>{refusalText(reason.value ?? "") ?? t("refused_text")}</p>
      {banned.value && <p>{person ? t("banned_contact", { contact: person }) : t("banned_no_contact")}</p>}
      {pending.value > 0 && <p>{t("expired_kept", { count: pending.value })}</p>}
      {banned.value && person && (
        <button type="button" class="button wide" disabled={!calm} onClick={() => writeTo(person)} data-testid="contact">
          {t("contact", { contact: person })}
        </button>
      )}
      {close && (
        <button type="button" class={`button wide ${person ? "quiet" : ""}`} disabled={!calm} onClick={close}>
          {t("close")}
        </button>
      )}
    </div>
  );
}

/** Shown instead of the game after the player erased their account. */
export function Erased() {
  const { close } = useActions();
  return (
    <main class="page alone">
      <div class="card explain" data-testid="erased">
        <h1>{t("erased_title")}</h1>
        <p>{t("erased_text")}</p>
        {close && (
          <button type="button" class="button wide" onClick={close}>
            {t("close")}
          </button>
        )}
      </div>
    </main>
  );
}

/** Shown instead of the game if Telegram passed no launch data: the player is unknown. */
export function NoLaunch() {
  return (
    <main class="page alone">
      <div class="card explain" data-testid="explain">
        <h1>{t("no_launch_title")}</h1>
        <p>{t("no_launch_text")}</p>
      </div>
    </main>
  );
}
