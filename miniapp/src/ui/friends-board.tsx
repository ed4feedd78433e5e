import { useRef } from "preact/hooks";
import { t } from "../i18n";
import { say } from "../i18n/friends-board";
import { Row } from "./leaderboard";
import { playerId, tab, useActions } from "./model";
import { useWhileOnScreen } from "./on-screen";

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
            <Row key={entry.id} entry={entry} own={entry.id === playerId.value} />
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
