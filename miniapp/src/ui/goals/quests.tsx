import type { ComponentChildren } from "preact";
import type { MissionView, ProgressView } from "../../api/types";
import { number } from "../../i18n";
import { say } from "../../i18n/goals";
import { catalogue, coins, isBusy, till } from "../economy/model";
import { duration, Money, Outcome, useNow } from "../economy/parts";
import { progress } from "./model";
import { counted, Gain, Goal, GoalsPage, Left } from "./parts";

/** The streak, and what there is to do today and this week. */
export function Quests() {
  return (
    <GoalsPage screen="quests">
      {() => {
        const { day, week, league, streak } = progress.value as ProgressView;
        return (
          <>
            <Streak streak={streak} />
            {league && (
              <Period name="prize">
                <Goal of={{ ...league, state: "ready" }} name={say("prize_for", { rank: number(league.rank) })} label={say("prize")} />
              </Period>
            )}
            {day.missions.length + week.missions.length === 0 && <p class="hint">{say("none")}</p>}
            {day.missions.length > 0 && (
              <Period name="today" until_ms={day.ends_at_ms}>
                {day.missions.map(Mission)}
              </Period>
            )}
            {week.missions.length > 0 && (
              <Period name="week" until_ms={week.ends_at_ms}>
                {week.missions.map(Mission)}
                <Goal of={week.chest} name={say("chest")} label={say("chest")} done={week.chest.claimed} target={week.chest.of} />
              </Period>
            )}
            <Swaps />
          </>
        );
      }}
    </GoalsPage>
  );
}

function Period({ name, until_ms, children }: { name: "today" | "week" | "prize"; until_ms?: number; children: ComponentChildren }) {
  return (
    <section class="card" aria-labelledby={`${name}-title`}>
      <div class="captions">
        <h2 id={`${name}-title`}>{say(name)}</h2>
        {until_ms && <Left until_ms={until_ms} />}
      </div>
      <ul class="things">{children}</ul>
    </section>
  );
}

function Mission(mission: MissionView) {
  const template = catalogue.value?.missions.templates.find(({ id }) => id === mission.mission);
  const name = template ? counted(template.name, template.forms, mission.target) : mission.mission;
  return (
    <Goal key={mission.cause} of={mission} name={name} label={name} done={mission.done} target={mission.target}>
      <Swap cause={mission.cause} name={name} />
    </Goal>
  );
}

/** Exchanges a mission for another one: once a day, for coins. */
function Swap({ cause, name }: { cause: string; name: string }) {
  const { price, next_at_ms } = (progress.value as ProgressView).reroll;
  if (next_at_ms !== null) return null;
  return (
    <button
      type="button"
      class="button quiet"
      disabled={isBusy("swap") || (coins.value ?? 0) < price}
      data-testid="swap"
      onClick={() => till.value?.order("/missions/reroll", { cause }, "swap")}
    >
      {say("swap")} <Money amount={price} />
      <span class="visually-hidden"> {name}</span>
    </button>
  );
}

function Swaps() {
  const { next_at_ms } = (progress.value as ProgressView).reroll;
  return (
    <>
      <Outcome place="swap" />
      {next_at_ms && (
        <p class="hint">
          <Left until_ms={next_at_ms} text={(time) => say("swap_next", { time })} />
        </p>
      )}
    </>
  );
}

function Streak({ streak }: { streak: ProgressView["streak"] }) {
  const { days, best, due, tapped, next_at_ms, freezes, most_freezes, freezes_needed, next_day, week } = streak;
  const now = useNow(10_000);
  return (
    <section class="card" aria-labelledby="streak-title" data-testid="streak">
      <div class="captions">
        <h2 id="streak-title">{days > 0 ? say("streak", { days }) : say("streak_none")}</h2>
        {best > 0 && <span>{say("best", { best })}</span>}
      </div>
      <p role="status">{due ? say(tapped ? "checking" : "tap_first") : say("checked", { time: duration(next_at_ms - now) })}</p>
      <ol class="track days" aria-label={say("ahead")}>
        {week.map((reward, ahead) => (
          <li key={ahead} aria-current={ahead === 0 ? "step" : undefined}>
            <b>{say("day", { day: next_day + ahead })}</b>
            <Gain of={reward} short />
          </li>
        ))}
      </ol>
      <p class="help">
        ❄️ {say("freezes", { freezes, most: most_freezes })}. {freezes_needed > 0 ? say("freeze_use", { days: freezes_needed }) : say("freeze_hint")}
      </p>
    </section>
  );
}
