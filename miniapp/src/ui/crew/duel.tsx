import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { number } from "../../i18n";
import { say } from "../../i18n/contests";
import { LinkButton } from "../crew-parts";
import { startParamOf } from "../crew-link";
import { useActions } from "../model";
import { useWhileOnScreen } from "../on-screen";
import { remembered } from "../remembered";
import { timeLeft } from "../time-left";
import { newOp, useAct } from "./act";
import { enter, inDuel, isDone, leave, linked, loadEntered } from "./entered";
import { acceptAt } from "./stakes";

const EVERY_MS = 1_000;
const STAKES_EVERY_MS = 60_000;

/** A duel that the player has offered or accepted, or the way into one. */
export function Duel() {
  const { loadOwn, contest, tap } = useActions();
  const section = useRef<HTMLElement>(null);
  const id = remembered.value.duel;
  const code = useSignal(linked("duel"));
  const over = useSignal(false);
  const load = async () => {
    if (over.peek()) return null;
    const found = await loadEntered("duel", (duel) => loadOwn("/duels/{duel}", { path: { duel } }), inDuel);
    over.value = found !== null && isDone(found);
    return found;
  };
  const { data, reload } = useWhileOnScreen(section, load, EVERY_MS);
  const stakes = useWhileOnScreen(section, () => loadOwn("/duels"), STAKES_EVERY_MS).data;
  const stake = useSignal(0);
  const asked = useSignal(0);
  const op = useRef("");
  const { busy, error, act } = useAct();
  const begin = (duel: string) => {
    over.value = false;
    asked.value = 0;
    enter("duel", duel);
    reload();
  };
  const offer = () =>
    act(async () => {
      op.current ||= newOp();
      begin((await contest("/duels", {}, { op: op.current, stake: stake.value }))?.id ?? "");
      op.current = "";
    });
  const accept = () =>
    act(async () => {
      const duel = code.value.trim();
      const done = await acceptAt(
        asked.value,
        () => loadOwn("/duels/{duel}", { path: { duel } }),
        (staked) => contest("/duels/{duel}/accept", { duel }, { stake: staked }),
      );
      if ("ask" in done) asked.value = done.ask;
      else begin(done.id);
    });
  const takeBack = () =>
    act(async () => {
      await contest("/duels/{duel}/decline", { duel: id });
      leave("duel");
    });
  const shown = data?.id === id ? data : null;
  const starts_ms = shown?.starts_at_ms ? shown.starts_at_ms - shown.now_ms : 0;
  const ends_ms = shown?.ends_at_ms ? shown.ends_at_ms - shown.now_ms : 0;
  const winner = [shown?.host, shown?.rival].find((one) => one && one.id === shown?.winner);
  return (
    <section class="card" ref={section} aria-labelledby="duel-title" data-testid="duel">
      <h2 id="duel-title">⚔️ {say("duel")}</h2>
      {!id && (
        <>
          <p class="hint">{say("duel_about")}</p>
          {!!stakes?.left && (
            <label>
              {say("stake", { most: number(stakes.most) })}
              <input
                class="input"
                type="number"
                min={0}
                max={stakes.most}
                value={stake.value}
                onInput={(event) => {
                  stake.value = Math.max(0, Math.trunc(event.currentTarget.valueAsNumber) || 0);
                  op.current = ""; // Another offer.
                }}
              />
            </label>
          )}
          <button type="button" class="button wide" disabled={busy.value} onClick={offer}>
            {say("offer")}
          </button>
          <label>
            {say("code")}
            <input
              class="input"
              maxLength={16}
              value={code.value}
              onInput={(event) => {
                code.value = event.currentTarget.value;
                asked.value = 0;
              }}
            />
          </label>
          {asked.value > 0 && <p role="status">{say("stake_ask", { count: asked.value })}</p>}
          <button type="button" class="button quiet wide" disabled={busy.value || code.value.trim().length !== 16} onClick={accept}>
            {say("accept")}
          </button>
        </>
      )}
      {shown && (
        <>
          {!!shown.stake && <p class="hint">{say("staked", { count: shown.stake })}</p>}
          {!shown.rival && !over.value && (
            <>
              <p>
                {say("waiting")} · {say("code")}: <code>{shown.id}</code>
              </p>
              <LinkButton start_param={startParamOf({ kind: "duel", id })} />
              <button type="button" class="button quiet" disabled={busy.value} onClick={takeBack}>
                {say("take_back")}
              </button>
            </>
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
          {over.value && <p role="status">{winner ? say("won", { name: winner.public_name }) : say(shown.rival ? "draw" : "nobody")}</p>}
          {over.value && (
            <button type="button" class="button quiet wide" onClick={() => leave("duel")}>
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
