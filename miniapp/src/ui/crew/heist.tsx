import { useSignal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { HeistsView, PastHeist, RunningHeist } from "../../api/types";
import { operationId } from "../../economy/operation-id";
import { language, number, refusalText, t } from "../../i18n";
import { say, type HeistKey } from "../../i18n/heist";
import { RoomChat } from "../live/room-chat";
import { useActions } from "../model";
import { useWhileOnScreen } from "../on-screen";
import { timeLeft } from "../time-left";

const EVERY_MS = 15_000;
/** Not everybody at once when one begins or ends. */
const SPREAD_MS = 2_000;

type Text = Record<string, string>;
const own = (text: Text) => text[language.value] ?? text["en"];
const newOp = () => operationId(Date.now(), crypto.getRandomValues(new Uint8Array(16)));

/** The heist that runs, with its question; the next one; and the last one, with the own share. */
export function Heist() {
  const { loadOwn } = useActions();
  const section = useRef<HTMLElement>(null);
  const { data, failed, reload } = useWhileOnScreen(section, () => loadOwn("/heists"), EVERY_MS);
  const now_ms = useServerTime(data);
  const running = data?.running ?? null;
  const next = data?.next[0];
  const last = data?.past[0];
  const unpaid = (data?.past ?? []).filter((one) => one.share && !one.claimed && (running || one !== last));
  const turn_ms = running ? running.ends_at_ms : (next?.starts_at_ms ?? 0);
  useEffect(() => {
    const wait_ms = turn_ms - now_ms;
    if (wait_ms <= 0 || wait_ms > 600_000) return;
    const timer = setTimeout(reload, wait_ms + 200 + Math.random() * SPREAD_MS);
    return () => clearTimeout(timer);
  }, [turn_ms, data]);
  return (
    <section class="card" ref={section} aria-labelledby="heist-title" aria-busy={!data && !failed} data-testid="heist">
      <h2 id="heist-title">
        💰 {say("title")}
        {running && `: ${say(running.kind as HeistKey)}`}
      </h2>
      {failed && (
        <>
          <p class="hint" role="status">
            {say("failed")}
          </p>
          <button type="button" class="button quiet wide" onClick={reload}>
            {t("again")}
          </button>
        </>
      )}
      {running && now_ms < running.ends_at_ms && (
        <Running key={running.id} heist={running} left_ms={running.ends_at_ms - now_ms} reload={reload} />
      )}
      {!running && next && (
        <p class="hint" data-testid="heist-next">
          {say("next", { kind: say(next.kind as HeistKey), time: timeLeft(Math.max(1, next.starts_at_ms - now_ms)) })}
        </p>
      )}
      {!running && last && <Past key={last.id} heist={last} />}
      {unpaid.map((one) => (
        <Past key={one.id} heist={one} />
      ))}
      {data?.cursor && <Older from={data.cursor} />}
    </section>
  );
}

/** The server's time, second by second, however the clock of this device is set. */
function useServerTime(data: HeistsView | null): number {
  const [now, setNow] = useState(0);
  const read = useRef({ at: 0, server: 0 });
  useEffect(() => {
    if (!data) return;
    read.current = { at: performance.now(), server: data.now_ms };
    const tick = () => setNow(read.current.server + performance.now() - read.current.at);
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [data]);
  return data ? Math.max(now, data.now_ms) : 0;
}

function Running({ heist, left_ms, reload }: { heist: RunningHeist; left_ms: number; reload(): void }) {
  const { actOnHeist } = useActions();
  const said = useSignal("");
  const busy = useSignal(false);
  const standing = useSignal(heist.own);
  const typed = useSignal("");
  const op = useRef<{ answer: string; id: string } | null>(null);
  const now = heist.own.tries_left < standing.value.tries_left || heist.own.right ? heist.own : standing.value;
  const send = async (answer: string) => {
    if (!answer.trim() || busy.value) return;
    busy.value = true;
    // The same answer keeps its op until the server has said something to it: a retry is no second try.
    if (op.current?.answer !== answer) op.current = { answer, id: newOp() };
    try {
      const came = await actOnHeist(heist.id, "answer", { op: op.current.id, answer });
      if (came) {
        standing.value = { tries_left: came.tries_left, right: came.right, rank: came.rank };
        said.value = came.rank ? say("first", { rank: came.rank }) : came.right ? say("right") : say(came.tries_left ? "wrong" : "done");
        op.current = null;
        typed.value = "";
      }
    } catch (error) {
      said.value = refusalText((error as { code?: string }).code ?? "") ?? say("failed");
    }
    busy.value = false;
    reload();
  };
  return (
    <>
      <p class="question" data-testid="heist-question">
        <strong>{own(heist.question.text)}</strong>
      </p>
      {(heist.kind === "scramble" || heist.kind === "grab") && <p class="hint">{say(`how_${heist.kind}`)}</p>}
      {now.tries_left > 0 && heist.question.options.length > 0 && (
        <div class="buttons">
          {heist.question.options.map(({ id, text }) => (
            <button key={id} type="button" class="button quiet wide" disabled={busy.value} onClick={() => send(id)}>
              {own(text)}
            </button>
          ))}
        </div>
      )}
      {now.tries_left > 0 && heist.question.options.length === 0 && (
        <form
          class="buttons"
          onSubmit={(event) => {
            event.preventDefault();
            void send(typed.value);
          }}
        >
          <input
            class="input"
            type="text"
            maxLength={200}
            autocomplete="off"
            aria-label={say("answer")}
            placeholder={say("answer")}
            value={typed.value}
            onInput={(event) => (typed.value = event.currentTarget.value)}
            data-testid="heist-answer"
          />
          <button type="submit" class="button" disabled={busy.value}>
            {say("send")}
          </button>
        </form>
      )}
      <p role="status" data-testid="heist-said">
        {said.value || (now.tries_left === 0 && say("done"))}
      </p>
      <p class="hint">
        {say("left", { time: timeLeft(left_ms) })} · {say("players", { count: heist.players })}
        {now.tries_left > 0 && ` · ${say("tries", { count: now.tries_left })}`}
      </p>
      <p class="hint">{say("prize", { each: heist.prize.each, most: heist.prize.most })}</p>
      {now.tries_left === 0 && <RoomChat key={heist.id} room={`heist:${heist.id}`} />}
    </>
  );
}

/** Looks for shares of older heists that were not taken, as far back as they can be. */
function Older({ from }: { from: string }) {
  const { loadOwn } = useActions();
  const found = useSignal<PastHeist[]>([]);
  const next = useSignal<string | null | undefined>(from);
  const busy = useSignal(false);
  const failed = useSignal(false);
  const look = async () => {
    busy.value = true;
    failed.value = false;
    try {
      for (let count = 0; next.value && !count; ) {
        const view = await loadOwn("/heists", { query: { cursor: next.value } });
        if (!view) break;
        const known = found.value.map((one) => one.id);
        const past = view.past.filter((one) => !known.includes(one.id));
        found.value = [...found.value, ...past];
        next.value = view.cursor;
        count = past.length;
      }
    } catch {
      failed.value = true;
    }
    busy.value = false;
  };
  return (
    <>
      {found.value.map((one) => (
        <Past key={one.id} heist={one} />
      ))}
      {next.value && (
        <button type="button" class="button quiet wide" disabled={busy.value} onClick={look} data-testid="heist-older">
          {say("older")}
        </button>
      )}
      <p class="hint" role="status">
        {failed.value ? say("failed") : !next.value && say(found.value.length ? "all_older" : "none_older")}
      </p>
    </>
  );
}

function Past({ heist }: { heist: PastHeist }) {
  const { actOnHeist } = useActions();
  const paid = useSignal<number | null>(heist.claimed ? heist.share : null);
  const failed = useSignal(false);
  const claim = async () => {
    failed.value = false;
    try {
      paid.value = (await actOnHeist(heist.id, "claim"))?.coins ?? null;
    } catch {
      failed.value = true;
    }
  };
  return (
    <>
      <p class="hint">{own(heist.question.text)}</p>
      <p>{say("over", { answer: own(heist.answer) ?? "" })}</p>
      <ol>
        {heist.winners.map((one) => (
          <li key={one.id}>
            {one.name} · {number(one.coins)}
          </li>
        ))}
      </ol>
      <p class="hint">{say("pool", { pool: number(heist.pool), count: heist.players })}</p>
      {heist.share && paid.value === null ? (
        <button type="button" class="button wide" onClick={claim} data-testid="heist-claim">
          {say("claim", { count: heist.share })}
        </button>
      ) : null}
      <p role="status">{failed.value ? say("failed") : paid.value !== null && say("claimed", { count: paid.value })}</p>
    </>
  );
}
