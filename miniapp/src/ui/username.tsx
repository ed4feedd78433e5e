import { useState } from "preact/hooks";
import { ApiError } from "../api/client";
import type { Key } from "../i18n/en";
import { t } from "../i18n";
import { player } from "./model";

export const USERNAME = /^[A-Za-z0-9_]{3,20}$/;

export type Rename = (username: string) => Promise<void>;

/** Asks a new player for a name. It sits beside the game and never stands in its way. */
export function UsernamePrompt({ rename }: { rename: Rename }) {
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<Key | null>(null);
  const [later, setLater] = useState(false);
  if (later || !player.value || player.value.username !== null) return null;

  const save = async (event: Event) => {
    event.preventDefault();
    if (!USERNAME.test(name)) return setProblem("name_invalid");
    try {
      await rename(name);
    } catch (error) {
      const taken = error instanceof ApiError && error.code === "username_taken";
      setProblem(taken ? "name_taken" : "name_failed");
    }
  };

  return (
    <form class="username" onSubmit={save} data-testid="username-form" noValidate>
      <label for="username">{t("choose_name")}</label>
      <div class="field">
        <input
          id="username"
          value={name}
          maxLength={20}
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
          aria-describedby="username-help"
          aria-invalid={problem !== null}
          data-testid="username"
          onInput={(event) => {
            setName(event.currentTarget.value);
            setProblem(null);
          }}
        />
        <button type="submit" data-testid="username-save">
          {t("name_save")}
        </button>
        <button type="button" class="quiet" onClick={() => setLater(true)}>
          {t("later")}
        </button>
      </div>
      <p id="username-help" class={problem ? "problem" : "help"} role={problem ? "alert" : undefined}>
        {t(problem ?? "name_hint")}
      </p>
    </form>
  );
}
