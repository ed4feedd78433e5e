import { useState } from "preact/hooks";
import { t, type PlainKey } from "../i18n";
import { useActions } from "./model";
import { timeLeft, useWait } from "./time-left";

/** Downloads what the game stores about the player, or erases it. */
export function OwnDataCard() {
  const { exportData } = useActions();
  const [message, setMessage] = useState<PlainKey>("data_hint");
  const [busy, setBusy] = useState(false);
  const wait = useWait();
  const [asking, setAsking] = useState(false);
  const download = async () => {
    setBusy(true);
    const outcome = await exportData();
    if (typeof outcome === "object") wait.begin(outcome.wait_ms);
    setMessage(typeof outcome === "object" ? "export_too_often" : `export_${outcome}`);
    setBusy(false);
  };
  return (
    <div class="card">
      <h2>{t("data_title")}</h2>
      <p class="help" role="status" data-testid="export-status">
        {t(message)}
      </p>
      <div class="buttons">
        <button type="button" class="button quiet wide" disabled={busy || wait.left_ms > 0} onClick={download} data-testid="export">
          {t("export")}
          {wait.left_ms > 0 && ` · ${timeLeft(wait.left_ms)}`}
        </button>
        {!asking && (
          <button type="button" class="button quiet danger wide" onClick={() => setAsking(true)} data-testid="erase">
            {t("erase")}
          </button>
        )}
      </div>
      {asking && <EraseForm onCancel={() => setAsking(false)} />}
    </div>
  );
}

/** Asks the player to type a word, so that nobody erases their account by accident. */
function EraseForm({ onCancel }: { onCancel: () => void }) {
  const { eraseAccount } = useActions();
  const [typed, setTyped] = useState("");
  const [message, setMessage] = useState<PlainKey | null>(null);
  const [busy, setBusy] = useState(false);
  const sure = typed.trim().toLowerCase() === t("erase_word").toLowerCase();
  const erase = async (event: Event) => {
    event.preventDefault();
    if (!sure || busy) return;
    setBusy(true);
    const outcome = await eraseAccount(); // On success this page is gone.
    if (outcome !== "erased") setMessage(`erase_${outcome}`);
    setBusy(false);
  };
  return (
    <form class="name-form" onSubmit={erase} noValidate>
      <label for="erase-word">{t("erase_text", { word: t("erase_word") })}</label>
      <div class="field">
        <input
          id="erase-word"
          value={typed}
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
          aria-describedby="erase-status"
          data-testid="erase-word"
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit" class="button danger" disabled={!sure || busy} data-testid="erase-sure">
          {t("erase_sure")}
        </button>
        <button type="button" class="button quiet" onClick={onCancel}>
          {t("keep")}
        </button>
      </div>
      <p id="erase-status" class="problem" role="status" data-testid="erase-status">
        {message && t(message)}
      </p>
    </form>
  );
}
