import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { number } from "../../i18n";
import { say } from "../../i18n/contests";
import { useActions } from "../model";
import { useWhileOnScreen } from "../on-screen";
import { timeLeft } from "../time-left";
import { newOp, useAct } from "./act";

const EVERY_MS = 1_000;

/** A duel that the player has offered or accepted, or the way into one. */
export function Duel() {
  const { loadOwn, contest, tap } = useActions();
  const section = useRef<HTMLElement>(null);
  const duel = useSignal("");
  const code = useSignal("");
  const over = useSignal(false);
  const load = async () => {
    if (!duel.value || over.value) return null;
    const found = await loadOwn("/duels/{duel}", { path: { duel: duel.value } });
    over.value = found?.state === "over" || found?.state === "declined";
    return found;
  };
  const { data, reload } = useWhileOnScreen(section, load, EVERY_MS);
  const op = useRef("");
  const { busy, error, act } = useAct();
  const enter = (id: string) => {
    over.value = false;
    duel.value = id;
    reload();
  };
  const offer = () =>
    act(async () => {
      op.current ||= newOp();
      enter((await contest("/duels", {}, { op: op.current }))?.id ?? "");
      op.current = "";
    });
  const accept = () => act(async () => enter((await contest("/duels/{duel}/accept", { duel: code.value.trim() }))?.id ?? ""));
  const shown = data?.id === duel.value ? data : null;
  const starts_ms = shown?.starts_at_ms ? shown.starts_at_ms - shown.now_ms : 0;
  const ends_ms = shown?.ends_at_ms ? shown.ends_at_ms - shown.now_ms : 0;
  const winner = [shown?.host, shown?.rival].find((one) => one && one.id === shown?.winner);
  return (
    <section class="card" ref={section} aria-labelledby="duel-title" data-testid="duel">
      <h2 id="duel-title">⚔️ {say("duel")}</h2>
      {!duel.value && (
        <>
          <p class="hint">{say("duel_about")}</p>
          <button type="button" class="button wide" disabled={busy.value} onClick={offer}>
            {say("offer")}
          </button>
          <label>
            {say("code")} <input maxLength={16} value={code.value} onInput={(event) => (code.value = event.currentTarget.value)} />
          </label>
          <button type="button" class="button quiet wide" disabled={busy.value || code.value.trim().length !== 16} onClick={accept}>
            {say("accept")}
          </button>
        </>
      )}
      {shown && (
        <>
          {!shown.rival && (
            <p>
              {say("waiting")} · {say("code")}: <code>{shown.id}</code>
            </p>
          )}
          {shown.rival && (
            <ul class="rows">
              {[shown.host, shown.rival].map((one) => (
                <li class="row" key={one.id}>
                  <span class="name">{one.public_name}</span>
                  <span>{number(one.taps)}</span>
                </li>
              ))}
            </ul>
          )}
          {!over.value && starts_ms > 0 && <p class="hint">{say("starts", { time: timeLeft(starts_ms) })}</p>}
          {!over.value && shown.rival && starts_ms <= 0 && ends_ms > 0 && (
            <>
              <p class="hint">{say("ends", { time: timeLeft(ends_ms) })}</p>
              <button type="button" class="button wide" onClick={() => tap()}>
                {say("tap")}
              </button>
            </>
          )}
          {over.value && <p role="status">{winner ? say("won", { name: winner.public_name }) : say("draw")}</p>}
          {over.value && (
            <button type="button" class="button quiet wide" onClick={() => (duel.value = "")}>
              {say("leave")}
            </button>
          )}
        </>
      )}
      <p class="hint" role="status">
        {error.value}
      </p>
    </section>
  );
}
