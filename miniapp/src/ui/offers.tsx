import { effect, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../i18n";
import { clicks, homeScreenOffered, player, tab, useActions, writeAccessOffered } from "./model";
import { remember, remembered } from "./remembered";

/** The first milestone: who has come so far may want to be told of it. */
const FROM_TAPS = 100;
/** Offered in a pause, not under a finger that is tapping. */
const PAUSE_MS = 2000;

/** Offers notifications and the home screen, once, to players who have made their first hundred taps. */
export function Offers() {
  const { allowMessages, addToHomeScreen } = useActions();
  const open = useSignal(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = effect(() => {
      clearTimeout(timer);
      if (remembered.value.offered || !(writeAccessOffered.value || homeScreenOffered.value)) return;
      if (player.value === null || tab.value !== "play" || clicks.value < FROM_TAPS) return;
      timer = setTimeout(() => {
        open.value = true;
        remember({ offered: true });
      }, PAUSE_MS);
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, []);

  if (!open.value || !(writeAccessOffered.value || homeScreenOffered.value)) return null;
  return (
    <section class="card offers" aria-labelledby="offers-title" data-testid="offers">
      <h2 id="offers-title">{t("offers_title")}</h2>
      <p class="hint">{t(writeAccessOffered.value ? "offers_text" : "offers_home_screen")}</p>
      <div class="buttons">
        {writeAccessOffered.value && (
          <button type="button" class="button wide" onClick={allowMessages} data-testid="allow-messages">
            {t("offer_messages")}
          </button>
        )}
        {homeScreenOffered.value && (
          <button type="button" class="button wide" onClick={addToHomeScreen} data-testid="home-screen">
            {t("home_screen")}
          </button>
        )}
        <button type="button" class="button quiet wide" onClick={() => (open.value = false)} data-testid="offers-close">
          {t("not_now")}
        </button>
      </div>
    </section>
  );
}
