import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../api/client";
import { nameProblem, type NameProblem } from "../game/username";
import { t } from "../i18n";
import { Avatar } from "./avatar";
import { newcomer, ownPhoto, player, tab, useActions } from "./model";
import { nameOf } from "./names";
import { remember, remembered } from "./remembered";

type Message = NameProblem | "name_hint" | "name_proposed" | "name_fine" | "name_taken" | "name_failed" | "name_saved";

const PROBLEMS: Message[] = ["name_chars", "name_short", "name_long", "name_taken", "name_failed"];

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

interface Props {
  id: string;
  label: string;
  onLater?: () => void;
}

export function NameForm({ id, label, onLater }: Props) {
  const { rename } = useActions();
  const current = player.value?.username ?? "";
  const proposed = newcomer.value?.proposed_username ?? "";
  const given = current || proposed;
  const [typed, setTyped] = useState<string | null>(null);
  const [message, setMessage] = useState<Message>(!current && proposed ? "name_proposed" : "name_hint");
  const [saving, setSaving] = useState(false);
  const name = typed ?? given;

  const check = (text: string): Message => (text === "" || text === current ? "name_hint" : (nameProblem(text) ?? "name_fine"));
  const save = async (event: Event) => {
    event.preventDefault();
    const problem = nameProblem(name);
    if (problem) return setMessage(problem);
    setSaving(true);
    try {
      await rename(name);
      setTyped(null);
      setMessage("name_saved");
    } catch (error) {
      const taken = error instanceof ApiError && error.code === "username_taken";
      setMessage(taken ? "name_taken" : "name_failed");
    } finally {
      setSaving(false);
    }
  };

  return (
    <form class="name-form" onSubmit={save} noValidate>
      <label for={id}>{label}</label>
      <div class="field">
        <input
          id={id}
          value={name}
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
          enterKeyHint="done"
          aria-describedby={`${id}-help`}
          aria-invalid={PROBLEMS.includes(message)}
          data-testid="username"
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setMessage(check(event.currentTarget.value));
          }}
        />
        <button type="submit" class="button" disabled={saving} data-testid="username-save">
          {t("name_save")}
        </button>
        {onLater && (
          <button type="button" class="button quiet" onClick={onLater}>
            {t("later")}
          </button>
        )}
      </div>
      <p id={`${id}-help`} class={PROBLEMS.includes(message) ? "problem" : "help"} role="status" data-testid="username-help">
        {t(message)}
      </p>
    </form>
  );
}
