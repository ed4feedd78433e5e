import type { LeaderboardEntry } from "../api/types";
import { number, t } from "../i18n";
import { board, boardFailed, player } from "./model";

const MEDALS = ["🥇", "🥈", "🥉"];

export function Board() {
  const entries = board.value?.entries ?? [];
  return (
    <section class="board" aria-labelledby="board-title">
      <h2 id="board-title">{t("board")}</h2>
      {entries.length === 0 ? (
        <p class="empty">{t(boardFailed.value ? "board_failed" : "board_empty")}</p>
      ) : (
        <ol class="rows" data-testid="board">
          {entries.map((entry) => (
            <Row key={entry.id} entry={entry} own={entry.id === player.value?.id} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Row({ entry, own }: { entry: LeaderboardEntry; own: boolean }) {
  const medal = MEDALS[entry.rank - 1];
  return (
    <li class={own ? "row own" : "row"} data-testid="board-row" aria-current={own ? "true" : undefined}>
      <span class="rank">
        {medal ? (
          <span role="img" aria-label={String(entry.rank)}>
            {medal}
          </span>
        ) : (
          entry.rank
        )}
      </span>
      <span class="name">
        {entry.username ?? t("anonymous")}
        {own && <small> · {t("you")}</small>}
      </span>
      <span class="score">{number(entry.clicks)}</span>
    </li>
  );
}
