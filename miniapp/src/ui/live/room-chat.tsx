import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { ApiError } from "../../api/client";
import type { RoomEntry } from "../../api/types";
import { operationId } from "../../economy/operation-id";
import { refusalText } from "../../i18n";
import { say } from "../../i18n/chat";
import type { RoomState } from "../../live/live";
import { player, playerId, useActions } from "../model";

const USUAL_TEXT = 300;

/** Whom this page shows no more. */
const hidden = new Set<string>();

/** What is said in a room, live or as it is read, with a line to write in. */
export function RoomChat({ room, longest = USUAL_TEXT }: { room: string; longest?: number }) {
  const { live, sayIn } = useActions();
  const state = useSignal<RoomState | null>(null);
  const text = useSignal("");
  const problem = useSignal<string | null>(null);
  const busy = useSignal(false);
  // One op for one message, however often it has to be sent.
  const op = useRef<{ text: string; op: string } | null>(null);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const entering = live();
    const leaving = entering.then((found) => found.enter(room, (now) => (state.value = { ...now })));
    return () => void leaving.then((leave) => leave());
  }, [room, playerId.value]);
  const messages = (state.value?.log.shown ?? []).filter(
    ({ event }) => event.type === "message" && !hidden.has(event.by.id),
  );
  const last = messages.at(-1)?.seq;
  useEffect(() => end.current?.scrollIntoView?.({ block: "nearest" }), [last]);
  const send = async (event: Event) => {
    event.preventDefault();
    const wanted = text.peek().trim();
    if (!wanted || busy.peek()) return;
    if (op.current?.text !== wanted) {
      op.current = { text: wanted, op: operationId(Date.now(), crypto.getRandomValues(new Uint8Array(16))) };
    }
    busy.value = true;
    try {
      const seq = await sayIn(room, op.current.op, wanted);
      op.current = null;
      text.value = "";
      problem.value = null;
      void (await live()).said(room, ownMessage(seq, wanted));
    } catch (error) {
      const answered = error instanceof ApiError && error.status > 0 && error.status < 500;
      if (answered) op.current = null;
      problem.value = error instanceof ApiError ? error.code : "not_sent";
    } finally {
      busy.value = false;
    }
  };
  const failure = state.value?.failure;
  const title_id = `chat-${room}`;
  return (
    <section class="card chat" aria-labelledby={title_id} data-testid="room-chat">
      <h2 id={title_id}>{say("title")}</h2>
      {state.value && state.value.online > 0 && <p class="hint">{say("online", { count: state.value.online })}</p>}
      {state.value?.log.gap && <p class="hint">{say("gap")}</p>}
      {state.value && !failure && messages.length === 0 && <p class="hint">{say("empty")}</p>}
      <div class="said" role="log" aria-live="polite" aria-relevant="additions" aria-labelledby={title_id} tabIndex={0}>
        <ol>
        {messages.map((entry) => (
          <Said
            key={`${entry.seq} ${entry.at_ms}`}
            room={room}
            entry={entry}
            epoch={state.value?.log.epoch ?? ""}
            onHide={() => (state.value = state.peek() && { ...(state.peek() as RoomState) })}
          />
        ))}
        </ol>
        <div ref={end} />
      </div>
      {Boolean(failure) && (
        <p class="hint" role="status">
          {(failure instanceof ApiError && refusalText(failure.code)) || say("failed")}
        </p>
      )}
      <form class="line" onSubmit={send}>
        <input
          class="input"
          value={text.value}
          maxLength={longest}
          aria-label={say("label")}
          placeholder={say("label")}
          autocomplete="off"
          enterkeyhint="send"
          data-testid="chat-text"
          onInput={(event) => (text.value = event.currentTarget.value)}
        />
        <button type="submit" class="button" disabled={busy.value || !player.value} data-testid="chat-send">
          {say("send")}
        </button>
      </form>
      {problem.value && (
        <p class="hint" role="status" data-testid="chat-problem">
          {refusalText(problem.value) ?? say("not_sent")}
        </p>
      )}
    </section>
  );
}

/** What this page has said, as it looks to the others. */
function ownMessage(seq: number, text: string): RoomEntry {
  const { id = "", username, display_name = "", public_name = "", title = "" } = player.peek() ?? {};
  const by = { id, name: username || display_name || public_name, title };
  return { seq, at_ms: Date.now(), event: { type: "message", by, text: text.replace(/\s+/g, " ") } };
}

function Said({ room, entry, epoch, onHide }: { room: string; entry: RoomEntry; epoch: string; onHide: () => void }) {
  const { reportIn } = useActions();
  const is_reported = useSignal(false);
  if (entry.event.type !== "message") return null;
  const { by, text } = entry.event;
  return (
    <li data-testid="said">
      <strong dir="auto">{by.name}</strong> <span dir="auto">{text}</span>
      {by.id !== playerId.value && (
        <span class="about">
          {is_reported.value ? (
            <span class="hint" role="status">
              {say("reported")}
            </span>
          ) : (
            <button
              type="button"
              class="link"
              aria-label={`${say("report")}: ${by.name}`}
              onClick={() => void reportIn(room, epoch, entry.seq).then(() => (is_reported.value = true), () => undefined)}
            >
              {say("report")}
            </button>
          )}
          <button
            type="button"
            class="link"
            aria-label={`${say("hide")}: ${by.name}`}
            onClick={() => {
              hidden.add(by.id);
              onHide();
            }}
          >
            {say("hide")}
          </button>
        </span>
      )}
    </li>
  );
}
