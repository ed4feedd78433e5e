import { useComputed, useSignalEffect, type ReadonlySignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { lastGoal, nextGoal } from "../game/goals";
import { levelOf, levelStartsAt } from "../game/levels";
import { number, t } from "../i18n";
import { chase, clicks, combo, exhausted, paid, player, stamina, tapsPerSecond, totals } from "./model";

interface BarProps {
  name: string;
  label: string;
  /** From 0 to 1. */
  share: ReadonlySignal<number>;
  text?: ReadonlySignal<string>;
}

/** A progress bar; only its transform changes, by the page's own style object, as the Content-Security-Policy asks. */
function Bar({ name, label, share, text }: BarProps) {
  const fill = useRef<HTMLSpanElement>(null);
  const percent = useComputed(() => Math.round(share.value * 100));
  useSignalEffect(() => {
    if (fill.current) fill.current.style.transform = `translateX(${((share.value - 1) * 100).toFixed(2)}%)`;
  });
  return (
    <span
      class={`bar bar-${name}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
    >
      <span ref={fill} class="bar-fill" />
    </span>
  );
}

/** The level and the way to the next one. */
export function Level() {
  const level = useComputed(() => levelOf(clicks.value));
  const share = useComputed(() => {
    const [from, to] = [levelStartsAt(level.value), levelStartsAt(level.value + 1)];
    return (clicks.value - from) / (to - from);
  });
  const name = useComputed(() => t("level", { level: level.value }));
  const left = useComputed(() => t("level_next", { count: levelStartsAt(level.value + 1) - clicks.value, level: level.value + 1 }));
  return (
    <div class="level" data-testid="level">
      <p class="captions">
        <b data-testid="level-name">{name}</b>
        <span data-testid="level-left">{left}</span>
      </p>
      <Bar name="level" label={name.value} share={share} text={left} />
    </div>
  );
}

/** The player's rank and the next rival. */
export function ChaseLine() {
  const text = useComputed(() => {
    const now = chase.value;
    if (!now) return null;
    const { rank, rival } = now;
    if (!rival) return rank === 1 ? t("first_place") : null;
    const count = rival.taps_to_pass;
    return rival.name === null ? t("to_next", { count, rank: number(rank - 1) }) : t("to_pass", { count, name: rival.name });
  });
  const rank = useComputed(() => (chase.value ? t("rank", { rank: number(chase.value.rank) }) : ""));
  return (
    <p class="chase" data-testid="chase">
      {chase.value && <b data-testid="chase-rank">{rank}</b>}
      {text.value && <span data-testid="rival">{text}</span>}
    </p>
  );
}

/** How many taps earn coins, what the rate limit still takes at once, and what it means that one of them is used up. */
export function Stamina() {
  const share = useComputed(() => stamina.value.share);
  const left = useComputed(() => t("stamina_left", { count: stamina.value.taps }));
  const energy = useComputed(() => (paid.value ? paid.value.left / paid.value.full : 0));
  const charge = useComputed(() => (paid.value ? t("energy_left", { left: paid.value.left, full: paid.value.full }) : ""));
  const words = useComputed(() => (share.value < 1 ? left.value : paid.value ? "" : t("stamina")));
  const known = useComputed(() => paid.value !== null);
  const spent = useComputed(() => paid.value?.left === 0);
  return (
    <div class="stamina" data-testid="stamina" data-exhausted={exhausted.value || undefined}>
      {known.value && <Bar name="energy" label={t("energy")} share={energy} text={charge} />}
      <Bar name="stamina" label={t("stamina")} share={share} text={left} />
      <p class="stamina-text" aria-hidden="true">
        {known.value && (
          <b data-testid="energy">
            ⚡ {charge}
          </b>
        )}
        {!exhausted.value && <span>{words}</span>}
      </p>
      <p class="stamina-text" role="status">
        {exhausted.value
          ? t("too_fast", { count: tapsPerSecond.value })
          : spent.value && t("no_energy", { seconds: (paid.peek()?.every_ms ?? 0) / 1000 })}
      </p>
    </div>
  );
}

/** How fast the player taps: a ring around the button that fills, and a number. It never multiplies taps. */
export function Combo() {
  const ring = useRef<SVGCircleElement>(null);
  const rate = useComputed(() => (combo.value.step > 0 ? t("per_second", { rate: number(Math.round(combo.value.per_s)) }) : ""));
  useSignalEffect(() => {
    const share = Math.min(1, combo.value.per_s / COMBO_FULL_PER_S);
    ring.current?.style.setProperty("stroke-dashoffset", String(100 - share * 100));
  });
  return (
    <span class="combo" data-step={combo.value.step} aria-hidden="true" data-testid="combo">
      <svg viewBox="0 0 100 100">
        <circle cx="50" cy="50" r="48.5" pathLength="100" class="combo-track" />
        <circle ref={ring} cx="50" cy="50" r="48.5" pathLength="100" class="combo-ring" />
      </svg>
      <span class="combo-rate">{rate}</span>
    </span>
  );
}

const COMBO_FULL_PER_S = 25;

/** All taps together, and the way to the next round number. */
export function Everybody() {
  const total = useComputed(() => totals.value.clicks);
  const from = useComputed(() => lastGoal(total.value));
  const to = useComputed(() => nextGoal(total.value));
  const share = useComputed(() => (total.value - from.value) / (to.value - from.value));
  const sum = useComputed(() => t("everybody", { clicks: number(total.value) }));
  const goal = useComputed(() => t("goal", { clicks: number(to.value) }));
  const active = useComputed(() => t("active", { active: number(Math.max(1, totals.value.active)) }));
  return (
    <div class="everybody" data-testid="everybody">
      <p class="captions">
        <span data-testid="total">{sum}</span>
        {player.value && <span data-testid="goal">{goal}</span>}
      </p>
      <Bar name="goal" label={sum.value} share={share} text={goal} />
      <p class="active">{active}</p>
    </div>
  );
}
