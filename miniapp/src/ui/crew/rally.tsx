import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { number } from "../../i18n";
import { say } from "../../i18n/contests";
import { LinkButton } from "../crew-parts";
import { startParamOf } from "../crew-link";
import { RoomChat } from "../live/room-chat";
import { useActions } from "../model";
import { useWhileOnScreen } from "../on-screen";
import { remembered } from "../remembered";
import { timeLeft } from "../time-left";
import { newOp, useAct } from "./act";
import { enter, inRally, leave, linked, loadEntered } from "./entered";

const EVERY_MS = 3_000;

/** A rally that the player has begun or joined, or the way into one. */
export function Rally() {
  const { loadOwn, contest } = useActions();
  const section = useRef<HTMLElement>(null);
  const id = remembered.value.rally;
  const code = useSignal(linked("rally"));
  const load = () => loadEntered("rally", (rally) => loadOwn("/rallies/{rally}", { path: { rally } }), inRally);
  const { data, reload } = useWhileOnScreen(section, load, EVERY_MS);
  const op = useRef("");
  const { busy, error, act } = useAct();
  const begin = () =>
    act(async () => {
      op.current ||= newOp();
      enter("rally", (await contest("/rallies", {}, { op: op.current }))?.id ?? "");
      op.current = "";
      reload();
    });
  const join = () =>
    act(async () => {
      enter("rally", (await contest("/rallies/{rally}/join", { rally: code.value.trim() }))?.id ?? "");
      reload();
    });
  const claim = () =>
    act(async () => {
      await contest("/rallies/{rally}/claim", { rally: id });
      leave("rally");
    });
  const shown = data?.id === id ? data : null;
  const next = shown?.steps[shown.reached];
  return (
    <>
    <section class="card" ref={section} aria-labelledby="rally-title" data-testid="rally">
      <h2 id="rally-title">📣 {say("rally")}</h2>
      {!id && (
        <>
          <p class="hint">{say("rally_about")}</p>
          <button type="button" class="button wide" disabled={busy.value} onClick={begin}>
            {say("begin")}
          </button>
          <label>
            {say("code")}
            <input class="input" maxLength={16} value={code.value} onInput={(event) => (code.value = event.currentTarget.value)} />
          </label>
          <button type="button" class="button quiet wide" disabled={busy.value || code.value.trim().length !== 16} onClick={join}>
            {say("join")}
          </button>
        </>
      )}
      {shown && (
        <>
          <p>
            {say("code")}: <code>{shown.id}</code>
          </p>
          {!shown.over && <LinkButton start_param={startParamOf({ kind: "rally", id })} />}
          <p data-testid="rally-total">{say("rally_total", { count: shown.total })}</p>
          {next && <progress max={next.taps} value={Math.min(next.taps, shown.total)} aria-label={say("rally_next", { taps: number(next.taps) })} />}
          {next && <p class="hint">{say("rally_next", { taps: number(next.taps) })}</p>}
          <p class="hint">{shown.over ? say("rally_over") : say("ends", { time: timeLeft(Math.max(1, shown.ends_at_ms - shown.now_ms)) })}</p>
          <ol class="rows">
            {shown.members.map((one) => (
              <li class="row" key={one.id}>
                <span class="name">
                  {one.public_name}
                  {shown.juggernaut === one.id && <strong> · {say("juggernaut")}</strong>}
                </span>
                <span>{number(one.taps)}</span>
              </li>
            ))}
          </ol>
          {shown.claim && (
            <button type="button" class="button wide" disabled={busy.value} onClick={claim}>
              {say("claim")}
            </button>
          )}
          {shown.over && (
            <button type="button" class="button quiet wide" onClick={() => leave("rally")}>
              {say("leave")}
            </button>
          )}
        </>
      )}
      <p class="hint" role="status">
        {error.value}
      </p>
    </section>
    {shown && !shown.over && <RoomChat key={id} room={`rally:${id}`} />}
    </>
  );
}
