import type { ProgressView } from "../../api/types";
import { number } from "../../i18n";
import { say } from "../../i18n/goals";
import { catalogue } from "../economy/model";
import { said } from "../economy/parts";
import { Places } from "../metric-board";
import { progress } from "./model";
import { Goal, GoalsPage, Left } from "./parts";

const dataOf = (id: string) => catalogue.value?.seasons.find((season) => season.id === id);

/** The track of rewards of the season that runs. */
export function Season() {
  return (
    <GoalsPage screen="season">
      {() => {
        const view = progress.value as ProgressView;
        return view.season ? <Track season={view.season} /> : <Between next={view.next_season} />;
      }}
    </GoalsPage>
  );
}

function Between({ next }: { next: ProgressView["next_season"] }) {
  const data = next && dataOf(next.season);
  return (
    <div class="card">
      <p>{say("season_none")}</p>
      {next && data && (
        <p class="hint">
          <Left until_ms={next.starts_at_ms} text={(time) => say("season_next", { name: said(data.name), time })} />
        </p>
      )}
    </div>
  );
}

function Track({ season }: { season: NonNullable<ProgressView["season"]> }) {
  const data = dataOf(season.season);
  const next = season.steps.find(({ xp }) => xp > season.xp);
  const before = [...season.steps].reverse().find(({ xp }) => xp <= season.xp)?.xp ?? 0;
  const way = next ? say("season_way", { xp: next.xp - season.xp, step: next.step }) : say("season_done");
  return (
    <>
      <section class="card" aria-labelledby="season-name">
        <div class="captions">
          <h2 id="season-name">{data && said(data.name)}</h2>
          <Left until_ms={season.ends_at_ms} />
        </div>
        <p>{data && said(data.about)}</p>
        <p class="captions">
          <b>{say("from_xp", { xp: season.xp })}</b>
          <span>{way}</span>
        </p>
        <progress value={season.xp - before} max={next ? next.xp - before : 1} aria-label={way} />
        <p class="help">{say("season_hint")}</p>
      </section>
      <section class="card board" aria-labelledby="season-board" data-testid="season-board">
        <h2 id="season-board">{say("season_board")}</h2>
        <p class="help">{say("season_board_hint")}</p>
        <Places query={{ metric: "xp", period: "season" }} />
      </section>
      <ol class="track card" aria-label={say("ahead")}>
        {season.steps.map((step) => {
          const name = say("step", { step: step.step });
          return <Goal key={step.step} of={step} name={name} label={name} facts={say("from_xp", { xp: number(step.xp) })} />;
        })}
      </ol>
    </>
  );
}
