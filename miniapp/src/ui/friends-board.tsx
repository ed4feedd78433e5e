import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { FriendEntry } from "../api/types";
import { t } from "../i18n";
import { say } from "../i18n/friends-board";
import { Row } from "./leaderboard";
import { playerId, tab, useActions } from "./model";
import { nameOf } from "./names";
import { useWhileOnScreen } from "./on-screen";
import { timeLeft } from "./time-left";

const EVERY_MS = 30_000;

/** The player, their inviter and whom they have invited, by score. */
export function FriendsBoard() {
  const { loadOwn } = useActions();
  const Title = tab.value === "board" ? "h1" : "h2"; // Beside another screen, that one has the page's title.
  const section = useRef<HTMLElement>(null);
  const { data, failed, reload } = useWhileOnScreen(section, () => loadOwn("/leaderboard/friends"), EVERY_MS);
  return (
    <section class="card board" ref={section} aria-labelledby="friends-board-title" aria-busy={!data && !failed} data-testid="friends-board">
      <Title id="friends-board-title">{say("title")}</Title>
      {failed && (
        <p class="hint" role="status">
          {say("failed")}
        </p>
      )}
      {failed && !data && (
        <button type="button" class="button quiet wide" onClick={reload}>
          {t("again")}
        </button>
      )}
      {!data && !failed && <p class="hint">{t("board_loading")}</p>}
      {data && (
        <ol class="rows follow">
          {data.entries.map((entry) => (
            <Row key={entry.id} entry={entry} own={entry.id === playerId.value}>
              {entry.cheered !== undefined && (
                <Cheer friend={entry} done={entry.cheered} again_at_ms={data.cheers_again_at_ms ?? 0} />
              )}
            </Row>
          ))}
        </ol>
      )}
      {data && !data.complete && <p class="hint">{say("more")}</p>}
      {data?.entries.length === 1 && (
        <>
          <p class="hint">{say("none")}</p>
          <div class="buttons">
            <button type="button" class="button wide" onClick={() => (tab.value = "friends")}>
              {say("invite")}
            </button>
          </div>
        </>
      )}
    </section>
  );
}

/** Cheers a friend; once that is done, it shows when it can be done again. */
function Cheer({ friend, done, again_at_ms }: { friend: FriendEntry; done: boolean; again_at_ms: number }) {
  const { cheer } = useActions();
  const state = useSignal<"idle" | "busy" | "failed">("idle");
  const again = useSignal<number | null>(null);
  const until_ms = again.value ?? (done ? again_at_ms : 0);
  const left_ms = until_ms - Date.now();
  const send = async () => {
    state.value = "busy";
    try {
      again.value = (await cheer(friend.id))?.again_at_ms ?? null;
      state.value = "idle";
    } catch {
      state.value = "failed";
    }
  };
  if (left_ms > 0) {
    return (
      <span class="hint cheer" data-testid="cheered">
        📣 {say("cheered", { time: timeLeft(left_ms) })}
      </span>
    );
  }
  return (
    <span class="cheer">
      {state.value === "failed" && (
        <span class="hint" role="status">
          {say("cheer_failed")}
        </span>
      )}
      <button
        type="button"
        class="button quiet"
        disabled={state.value === "busy"}
        aria-label={say("cheer_name", { name: nameOf(friend) })}
        data-testid="cheer"
        onClick={send}
      >
        📣 {say("cheer")}
      </button>
    </span>
  );
}
