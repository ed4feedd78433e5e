import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { RewardView } from "../../api/types";
import type { Claimable } from "../../economy/goals";
import { language, number, t } from "../../i18n";
import { say } from "../../i18n/goals";
import { catalogue, failed, itemOf, till } from "../economy/model";
import { duration, gainOf, Missing, Money, Outcome, said, Tile, useNow } from "../economy/parts";
import { Purse } from "../economy/purse";
import { Choice, Option } from "../leaderboard";
import { tab } from "../model";
import { placeOf, progress, ready, stateOf, type GoalScreen } from "./model";

/** So long nothing has changed that this page does not know of. */
const FRESH_MS = 5000;

const SCREENS = { quests: "title", season: "season", awards: "awards" } as const;

/** A screen of goals: the wallet, the way to the others, and, once progress is loaded, its content. */
export function GoalsPage({ screen, children }: { screen: GoalScreen; children: () => ComponentChildren }) {
  const desk = till.value;
  const load = () => void desk?.load("progress");
  useEffect(() => {
    if (desk && desk.now() - (progress.peek()?.now_ms ?? 0) > FRESH_MS) load(); // Not for each step from one to another.
  }, [desk]);
  const is_failed = !!failed.value.progress;
  const known = progress.value && catalogue.value;
  return (
    <section class="economy" aria-labelledby={`${screen}-title`} data-testid={screen}>
      <div class="top sticky">
        <Purse />
      </div>
      <Choice label={t("quests")}>
        {(Object.keys(SCREENS) as GoalScreen[]).map((name) => (
          <Option
            key={name}
            chosen={tab.value === name}
            choose={() => (tab.value = name)}
            text={`${say(SCREENS[name])}${ready.value[name] ? ` · ${number(ready.value[name])}` : ""}`}
            testid={`part-${name}`}
          />
        ))}
      </Choice>
      <h1 id={`${screen}-title`} class="visually-hidden">
        {say(SCREENS[screen])}
      </h1>
      {(is_failed || !known) && (
        <div class="card">
          <Missing failed={is_failed} text={say("failed")} retry={load} />
        </div>
      )}
      {known && children()}
    </section>
  );
}

/** A text of the catalogue's that says how much something takes, in the plural form of that. */
export function counted(texts: Record<string, string>, forms: Record<string, Record<string, string>> | undefined, target: number): string {
  const form = forms?.[language.value]?.[new Intl.PluralRules(language.value).select(target)];
  return (form ?? said(texts)).replace("{target}", number(target));
}

/** What a reward brings, in pictures, `short` without the names of things; spoken in words. */
export function Gain({ of: { coin, gem, xp, goods, freezes }, short = false }: { of: RewardView; short?: boolean }) {
  return (
    <span class="gain">
      <span class="visually-hidden">{gainOf({ coin, gem, xp, goods, freezes })}</span>
      <span aria-hidden="true">
        {coin > 0 && <Money amount={coin} />}
        {gem > 0 && <Money amount={gem} currency="gem" />}
        {Object.entries(goods).map(([item, count]) => (
          <span key={item} class="money">
            <Tile item={itemOf(item)} /> {short ? t("pieces", { count }) : gainOf({ goods: { [item]: count } })}
          </span>
        ))}
        {freezes > 0 && <span>❄️ {number(freezes)}</span>}
        {xp > 0 && <span>{t("xp_n", { count: xp })}</span>}
      </span>
    </span>
  );
}

interface GoalProps {
  of: Claimable;
  name: ComponentChildren;
  /** What the buttons are for, spoken. */
  label: string;
  facts?: ComponentChildren;
  done?: number;
  target?: number;
  /** What can be done while it is not reached. */
  children?: ComponentChildren;
}

/** Something to reach: how far it is, what it brings, and the button to claim it. */
export function Goal({ of, name, label, facts, done = 0, target, children }: GoalProps) {
  const state = stateOf(of);
  const place = placeOf(of.cause);
  return (
    <li class="goal" tabIndex={-1} data-testid="reward" data-cause={of.cause} data-state={state}>
      <p class="captions">
        <b>{name}</b>
        {target !== undefined && <span>{say("done", { done: Math.min(done, target), target })}</span>}
      </p>
      {facts && <p class="help">{facts}</p>}
      {target !== undefined && <progress value={done} max={target} aria-label={label} />}
      <div class="deal">
        <Gain of={of.reward} />
        {state === "claimed" && <span class="good">✓ {say("claimed")}</span>}
        {state === "ready" && (
          <button
            type="button"
            class="button"
            data-testid="claim"
            onClick={(event) => {
              event.currentTarget.closest("li")?.focus({ preventScroll: true }); // The button goes.
              till.value?.order("/claims", { cause: of.cause }, place);
            }}
          >
            {say("claim")}
            <span class="visually-hidden"> {label}</span>
          </button>
        )}
        {state === "open" && children}
        <Outcome place={place} quiet />
      </div>
    </li>
  );
}

/** How long something takes yet; reads progress anew when it is over. */
export function Left({ until_ms, text = (time) => say("left", { time }) }: { until_ms: number; text?: (time: string) => string }) {
  const left_ms = until_ms - useNow();
  const over = left_ms <= 0;
  useEffect(() => {
    if (over) void till.peek()?.load("progress");
  }, [over]);
  return <span data-testid="left">{text(duration(left_ms))}</span>;
}
