import { useRef } from "preact/hooks";
import { number } from "../../i18n";
import { say } from "../../i18n/contests";
import { crewPart } from "../crew-link";
import { tab, useActions } from "../model";
import { useWhileOnScreen } from "../on-screen";
import { remembered } from "../remembered";
import { timeLeft } from "../time-left";
import { inDuel, inRally, loadEntered } from "./entered";

const RALLY_EVERY_MS = 3_000;
const DUEL_EVERY_MS = 1_000;
/** How long the result of a duel is news. */
const RESULT_MS = 60_000;

/** How the player's rally and duel stand, on every screen; it leads to them. */
export function LiveBar() {
  return (
    <div class="live-bar" data-testid="live-bar">
      {remembered.value.duel && <DuelBar />}
      {remembered.value.rally && <RallyBar />}
    </div>
  );
}

function open(): void {
  crewPart.value = "together";
  tab.value = "crew";
}

function RallyBar() {
  const { loadOwn } = useActions();
  const bar = useRef<HTMLDivElement>(null);
  const load = () => loadEntered("rally", (rally) => loadOwn("/rallies/{rally}", { path: { rally } }), inRally);
  const { data } = useWhileOnScreen(bar, load, RALLY_EVERY_MS);
  const next = data?.steps[data.reached];
  return (
    <div ref={bar}>
      {data && (!data.over || data.claim) && (
        <button type="button" class="pill" onClick={open}>
          <span>
            📣 {data.over ? say("claim") : say("rally_total", { count: data.total })}
            {!data.over && ` · ${timeLeft(Math.max(1, data.ends_at_ms - data.now_ms))}`}
          </span>
          {next && !data.over && (
            <progress max={next.taps} value={Math.min(next.taps, data.total)} aria-label={say("rally_next", { taps: number(next.taps) })} />
          )}
        </button>
      )}
    </div>
  );
}

function DuelBar() {
  const { loadOwn } = useActions();
  const bar = useRef<HTMLDivElement>(null);
  const load = () => loadEntered("duel", (duel) => loadOwn("/duels/{duel}", { path: { duel } }), inDuel);
  const { data } = useWhileOnScreen(bar, load, DUEL_EVERY_MS);
  if (!data) return <div ref={bar} />;
  const { host, rival, now_ms } = data;
  const starts_ms = (data.starts_at_ms ?? 0) - now_ms;
  const ends_ms = (data.ends_at_ms ?? 0) - now_ms;
  const winner = [host, rival].find((one) => one && one.id === data.winner);
  const isOver = data.state === "over" || data.state === "declined";
  const result = winner ? say("won", { name: winner.public_name }) : say("draw");
  const score = rival && `${host.public_name} ${number(host.taps)} : ${number(rival.taps)} ${rival.public_name}`;
  const time = timeLeft(Math.max(1, starts_ms > 0 ? starts_ms : ends_ms));
  const text = isOver ? result : !rival ? say("waiting") : starts_ms > 0 ? say("starts", { time }) : `${score} · ${time}`;
  return (
    <div ref={bar}>
      {(!isOver || ends_ms > -RESULT_MS) && (
        <button type="button" class="pill" onClick={open}>
          ⚔️ {text}
        </button>
      )}
    </div>
  );
}
