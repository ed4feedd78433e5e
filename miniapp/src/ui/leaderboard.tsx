import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { PERIODS } from "../api/features";
import type { LeaderboardEntry } from "../api/types";
import { number, t } from "../i18n";
import { Avatar } from "./avatar";
import { leaderboardState, ownPhoto, rankSummary, playerId, tab, useActions } from "./model";
import { nameOf } from "./names";

const MEDALS = ["🥇", "🥈", "🥉"];

export function Leaderboard() {
  const view = useSignal<"top" | "around">("top");
  const { leaderboard, rank: own_rank, failed, period } = leaderboardState.value;
  const { setPeriod } = useActions();
  const around = view.value === "around" && own_rank !== null;
  const Title = tab.value === "board" ? "h1" : "h2"; // Beside another screen, that one has the page's title.
  return (
    <section class="card board" aria-labelledby="board-title" data-testid="board-section">
      <Title id="board-title">{t("board")}</Title>
      {PERIODS.length > 1 && (
        <Choice label={t("period")}>
          {PERIODS.map((name) => (
            <Option key={name} chosen={name === period} choose={() => setPeriod(name)} text={t(`period_${name}`)} />
          ))}
        </Choice>
      )}
      {own_rank && own_rank.clicks > 0 && (
        <Choice label={t("board")}>
          <Option chosen={!around} choose={() => (view.value = "top")} text={t("board_top")} />
          <Option chosen={around} choose={() => (view.value = "around")} text={t("board_around")} />
        </Choice>
      )}
      {failed && <p class="hint">{t("board_failed")}</p>}
      {leaderboard?.rebuilding && <p class="hint">{t("board_rebuilding")}</p>}
      <Rows entries={around ? own_rank.around : leaderboard?.entries} failed={failed} />
      <OwnRank pinned={!around} />
    </section>
  );
}

function Rows({ entries, failed }: { entries: LeaderboardEntry[] | undefined; failed: boolean }) {
  if (!entries) return failed ? null : <p class="hint">{t("board_loading")}</p>;
  if (entries.length === 0) return <p class="hint">{t("board_empty")}</p>;
  return (
    <ol class="rows" data-testid="board">
      {entries.map((entry) => (
        <Row key={entry.id} entry={entry} own={entry.id === playerId.value} />
      ))}
    </ol>
  );
}

/** A place on a board; `zone` says where it leads in a league. */
export function Row({ entry, own, zone, children }: { entry: LeaderboardEntry; own: boolean; zone?: string; children?: ComponentChildren }) {
  const medal = MEDALS[entry.rank - 1];
  return (
    <li class={own ? "row own" : "row"} data-zone={zone} data-looks={entry.looks} data-testid="board-row" aria-current={own ? "true" : undefined}>
      <span class="rank">
        {medal ? (
          <span role="img" aria-label={number(entry.rank)}>
            {medal}
          </span>
        ) : (
          number(entry.rank)
        )}
      </span>
      <Avatar id={entry.id} name={nameOf(entry)} photo={own ? ownPhoto.value : null} />
      <span class="name" data-title={entry.title}>
        {nameOf(entry)}
        {own && <span class="you"> · {t("you")}</span>}
      </span>
      <span class="score">{number(entry.clicks)}</span>
      {children}
    </li>
  );
}

/** The distance to the next player; with `pinned`, also the player's row if it is not in the top 20. */
function OwnRank({ pinned }: { pinned: boolean }) {
  const own = rankSummary.value;
  if (!own) return leaderboardState.value.leaderboard ? <p class="hint own-rank">{t("not_ranked")}</p> : null;
  const next =
    own.to_next === null
      ? own.rank === 1 && t("first_place")
      : t("to_next", { count: own.to_next, rank: number(own.rank - 1) });
  return (
    <div class="own-rank" data-testid="own-rank">
      {pinned && !own.in_top && (
        <div class="row own" data-testid="pinned-row">
          <span class="rank">{number(own.rank)}</span>
          <span class="name">{t("you")}</span>
          <span class="score">{number(own.clicks)}</span>
        </div>
      )}
      {next && <p class="hint">{next}</p>}
    </div>
  );
}

export function Choice({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="choice" role="group" aria-label={label}>
      {children}
    </div>
  );
}

export function Option({ chosen, choose, text, testid }: { chosen: boolean; choose: () => void; text: string; testid?: string }) {
  return (
    <button type="button" class="option" aria-pressed={chosen} data-testid={testid} onClick={choose}>
      {text}
    </button>
  );
}
