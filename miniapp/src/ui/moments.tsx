import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { number, t } from "../i18n";
import { fewerEffects } from "./model";

/** What is worth a celebration, the least first. */
export type Moment =
  | { kind: "passed"; name: string | null; others: number; rank: number }
  | { kind: "level"; level: number }
  | { kind: "goal"; taps: number }
  | { kind: "milestone"; taps: number };

const WEIGHT = { passed: 0, level: 1, goal: 2, milestone: 3 };
const SHOWN_MS = 2600;
/** A lesser moment waits this long for its turn; later it is no longer news. */
const READABLE_MS = 1300;

const shown = signal<Moment | null>(null);
let began_ms = 0;
let waiting: Moment | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Shows a moment now, or after the greater one that is on the screen. Of two that wait, the greater one stays. */
export function celebrate(moment: Moment): void {
  const current = shown.peek();
  const age_ms = performance.now() - began_ms;
  if (current && WEIGHT[current.kind] > WEIGHT[moment.kind] && age_ms < READABLE_MS) {
    if (!waiting || WEIGHT[moment.kind] >= WEIGHT[waiting.kind]) waiting = moment;
    return;
  }
  show(moment);
}

function show(moment: Moment | null): void {
  shown.value = moment;
  began_ms = performance.now();
  clearTimeout(timer);
  if (moment) timer = setTimeout(next, waiting ? READABLE_MS : SHOWN_MS);
}

function next(): void {
  const then = waiting;
  waiting = null;
  show(then);
}

function textOf(moment: Moment): string {
  switch (moment.kind) {
    case "passed": {
      const name = moment.name ?? t("anonymous");
      return moment.others > 0 ? t("passed_more", { name, count: moment.others }) : t("passed", { name, rank: number(moment.rank) });
    }
    case "level":
      return t("level_up", { level: moment.level });
    case "goal":
      return t("goal_reached", { count: moment.taps });
    case "milestone":
      return t("milestone", { count: moment.taps });
  }
}

/** The celebration of the moment, above the game; it takes no touches. */
export function MomentBanner() {
  const layer = useRef<HTMLDivElement>(null);
  const moment = shown.value;
  useEffect(() => {
    const great = moment?.kind === "milestone" || moment?.kind === "goal";
    const place = layer.current;
    if (!great || !place || fewerEffects.peek()) return;
    void import("./confetti").then(({ throwConfetti }) => throwConfetti(place)).catch(() => undefined); // Offline: without.
  }, [moment]);
  return (
    <div class="moments">
      <div ref={layer} class="confetti" aria-hidden="true" />
      <p role="status" class="moment-place">
        {moment && (
          <span key={began_ms} class={`moment moment-${moment.kind}`} data-testid="moment">
            {textOf(moment)}
          </span>
        )}
      </p>
    </div>
  );
}
