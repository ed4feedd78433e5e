import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { Avatar } from "./avatar";
import { ownPhoto, player, tab } from "./model";
import { NameForm } from "./name-form";
import { nameOf } from "./names";
import { remember, remembered } from "./remembered";

/**
 * Asks a new player for a name, below the game, so that they can tap meanwhile. Nothing moves under their finger: its
 * place is kept from the first paint until they leave the screen, whatever they do with it.
 */
export function UsernamePrompt() {
  const place = useRef(!remembered.peek().named);
  const [later, setLater] = useState(false);
  const me = player.value;
  const named = me !== null && me.username !== null;
  const asked = useRef(false);
  if (me && !named) asked.current = place.current = true;
  useEffect(() => {
    if (named) remember({ named });
  }, [named]);
  useEffect(() => {
    if (tab.value !== "play" && (named || later)) place.current = false;
  }, [tab.value]);

  if (!place.current) return null;
  if (!me || !asked.current) return <div class="prompt" aria-hidden="true" />;
  const done = named || later;
  return (
    <div class={done ? "prompt done" : "card prompt"} data-testid="username-prompt">
      {done ? (
        <>
          <p class="who">
            <Avatar id={me.id} name={nameOf(me)} photo={ownPhoto.value} />
            <strong data-testid="public-name">{nameOf(me)}</strong>
          </p>
          <p class="hint" role="status">
            {t(named ? "named" : "named_later")}
          </p>
        </>
      ) : (
        <NameForm id="username" label={t("choose_name")} onLater={() => setLater(true)} />
      )}
    </div>
  );
}
