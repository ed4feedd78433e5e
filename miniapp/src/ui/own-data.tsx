import { useState } from "preact/hooks";
import { t, type Key } from "../i18n";
import { useActions } from "./model";

/** All that the game has of the player: as a file, or gone for good. */
export function OwnDataCard() {
  const { exportData } = useActions();
  const [told, setTold] = useState<Key>("data_hint");
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const download = async () => {
    setBusy(true);
    setTold(`export_${await exportData()}`);
    setBusy(false);
  };
  return (
    <div class="card">
      <h2>{t("data_title")}</h2>
      <p class="help" role="status" data-testid="export-told">
        {t(told)}
      </p>
      <div class="buttons">
        <button type="button" class="button quiet wide" disabled={busy} onClick={download} data-testid="export">
          {t("export")}
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

/** Asks for a word in writing: nobody erases themselves by a slip of the finger. */
function EraseForm({ onCancel }: { onCancel: () => void }) {
  const { eraseAccount } = useActions();
  const [typed, setTyped] = useState("");
  const [told, setTold] = useState<Key | null>(null);
  const [busy, setBusy] = useState(false);
  const sure = typed.trim().toLowerCase() === t("erase_word").toLowerCase();
  const erase = async (event: Event) => {
    event.preventDefault();
    if (!sure || busy) return;
    setBusy(true);
    const outcome = await eraseAccount(); // Where it is done, nothing of this page is left.
    if (outcome !== "erased") setTold(`erase_${outcome}`);
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
          aria-describedby="erase-told"
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
      <p id="erase-told" class="problem" role="status" data-testid="erase-told">
        {told && t(told)}
      </p>
    </form>
  );
}
