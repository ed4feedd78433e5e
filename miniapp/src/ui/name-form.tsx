import { useState } from "preact/hooks";
import { ApiError } from "../api/client";
import { nameProblem, type NameProblem } from "../game/username";
import { t } from "../i18n";
import { newcomer, player, useActions } from "./model";

type Message = NameProblem | "name_hint" | "name_proposed" | "name_fine" | "name_taken" | "name_failed" | "name_saved";

const PROBLEMS: Message[] = ["name_chars", "name_short", "name_long", "name_taken", "name_failed"];

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
