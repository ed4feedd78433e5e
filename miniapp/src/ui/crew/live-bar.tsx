import { useRef } from "preact/hooks";
import type { Own } from "../../api/types";
import { number } from "../../i18n";
import { say } from "../../i18n/contests";
import { crewPart } from "../crew-link";
import { tab, useActions } from "../model";
import { useWhileOnScreen } from "../on-screen";
import { remembered } from "../remembered";
import { timeLeft } from "../time-left";
import { inDuel, inRally, isDone, loadEntered } from "./entered";

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

function isNews({ now_ms, ends_at_ms, expires_at_ms }: Own<"/duels/{duel}">): boolean {
  return now_ms < (ends_at_ms ?? expires_at_ms) + RESULT_MS;
}

function RallyBar() {
  const { loadOwn } = useActions();
  const bar = useRef<HTMLDivElement>(null);
  const done = useRef("");
  const load = async () => {
    if (done.current && done.current === remembered.peek().rally) return null;
    const found = await loadEntered("rally", (rally) => loadOwn("/rallies/{rally}", { path: { rally } }), inRally);
    if (found?.over) done.current = found.id;
    return found;
  };
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
  const done = useRef("");
  const load = async () => {
    if (done.current && done.current === remembered.peek().duel) return null;
    const found = await loadEntered("duel", (duel) => loadOwn("/duels/{duel}", { path: { duel } }), inDuel);
    if (found && isDone(found) && !isNews(found)) done.current = found.id;
    return found;
  };
  const { data } = useWhileOnScreen(bar, load, DUEL_EVERY_MS);
  if (!data) return <div ref={bar} />;
  const { host, rival, now_ms } = data;
  const starts_ms = (data.starts_at_ms ?? 0) - now_ms;
  const ends_ms = (data.ends_at_ms ?? 0) - now_ms;
  const winner = [host, rival].find((one) => one && one.id === data.winner);
  const isOver = isDone(data);
  const result = winner ? say("won", { name: winner.public_name }) : say(rival ? "draw" : "nobody");
  const score = rival && `${host.public_name} ${number(host.taps)} : ${number(rival.taps)} ${rival.public_name}`;
  const time = timeLeft(Math.max(1, starts_ms > 0 ? starts_ms : ends_ms));
  const text = isOver ? result : !rival ? say("waiting") : starts_ms > 0 ? say("starts", { time }) : `${score} · ${time}`;
  return (
    <div ref={bar}>
      {(!isOver || isNews(data)) && (
        <button type="button" class="pill" onClick={open}>
          ⚔️ {text}
        </button>
      )}
    </div>
  );
}
