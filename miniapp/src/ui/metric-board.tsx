import { signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { PERIODS } from "../api/features";
import type { Leaderboard, Period, PlayerRank } from "../api/types";
import { number, t } from "../i18n";
import { say } from "../i18n/metrics";
import { Choice, Option, Row } from "./leaderboard";
import { playerId, tab, useActions } from "./model";
import { useWhileOnScreen } from "./on-screen";

const EVERY_MS = 15_000;

type Metric = Exclude<NonNullable<Leaderboard["metric"]>, "taps">;
const METRICS: Record<Metric, true> = { coins: true, xp: true, crates: true, checkins: true, friends: true, achievements: true };

const metric = signal<Metric>("coins");
const period = signal<Period>("week");
const around = signal(false);

/** Who has most of something else than taps, ever or in a period; loaded again every few seconds while on the screen. */
export function MetricBoard() {
  const Title = tab.value === "board" ? "h1" : "h2"; // Beside another screen, that one has the page's title.
  const { value: name } = metric;
  return (
    <section class="card board" aria-labelledby="metric-board-title" data-testid="metric-board">
      <div class="setting">
        <Title id="metric-board-title">{say("title")}</Title>
        <select
          aria-labelledby="metric-board-title"
          data-testid="metric"
          value={name}
          onChange={({ currentTarget }) => (metric.value = currentTarget.value as Metric)}
        >
          {(Object.keys(METRICS) as Metric[]).map((each) => (
            <option key={each} value={each}>
              {say(each)}
            </option>
          ))}
        </select>
      </div>
      <Choice label={t("period")}>
        {PERIODS.map((each) => (
          <Option key={each} chosen={each === period.value} choose={() => (period.value = each)} text={t(`period_${each}`)} />
        ))}
      </Choice>
      <Places key={`${name} ${period.value}`} query={{ metric: name, period: period.value }} />
    </section>
  );
}

/** The places on one board, and the player's own. */
export function Places({ query }: { query: { metric: Metric; period: Period | "season" } }) {
  const { loadOwn } = useActions();
  const section = useRef<HTMLDivElement>(null);
  const load = async () => {
    const params = { query };
    const [board, own] = await Promise.all([loadOwn("/leaderboard", params), loadOwn("/leaderboard/me", params)]);
    return board && own && { board, own };
  };
  const { data, failed, reload } = useWhileOnScreen(section, load, EVERY_MS);
  return (
    <div ref={section} aria-busy={!data && !failed}>
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
      {data && <Shown {...data} />}
    </div>
  );
}

function Shown({ board, own }: { board: Leaderboard; own: PlayerRank }) {
  const near = around.value && own.clicks > 0;
  const entries = near ? own.around : board.entries;
  if (entries.length === 0) return <p class="hint">{say("empty")}</p>;
  const pinned = !near && own.clicks > 0 && !board.entries.some(({ id }) => id === playerId.value);
  return (
    <>
      {own.clicks > 0 && (
        <Choice label={t("board")}>
          <Option chosen={!near} choose={() => (around.value = false)} text={t("board_top")} />
          <Option chosen={near} choose={() => (around.value = true)} text={t("board_around")} />
        </Choice>
      )}
      {board.rebuilding && <p class="hint">{t("board_rebuilding")}</p>}
      <ol class="rows" data-testid="metric-rows">
        {entries.map((entry) => (
          <Row key={entry.id} entry={entry} own={entry.id === playerId.value} />
        ))}
      </ol>
      <div class="own-rank" data-testid="metric-own">
        {pinned && (
          <div class="row own">
            <span class="rank">{number(own.rank)}</span>
            <span class="name">{t("you")}</span>
            <span class="score">{number(own.clicks)}</span>
          </div>
        )}
        {own.clicks === 0 && <p class="hint">{say("outside")}</p>}
        {own.clicks > 0 && own.rank === 1 && <p class="hint">{t("first_place")}</p>}
      </div>
    </>
  );
}
