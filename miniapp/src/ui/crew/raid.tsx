import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { t } from "../../i18n";
import { say } from "../../i18n/contests";
import { useActions } from "../model";
import { useWhileOnScreen } from "../on-screen";
import { timeLeft } from "../time-left";
import { newOp, useAct } from "./act";

const EVERY_MS = 30_000;

/** Whom the player could raid. */
export function Raid() {
  const { loadOwn, contest } = useActions();
  const section = useRef<HTMLElement>(null);
  const { data, failed, reload } = useWhileOnScreen(section, () => loadOwn("/raids"), EVERY_MS);
  const got = useSignal<number | null>(null);
  /** Kept until it is answered, so that a second try is no second raid. */
  const op = useRef<{ target: string; op: string } | null>(null);
  const { busy, error, act } = useAct();
  const raid = (target: string) =>
    act(async () => {
      if (op.current?.target !== target) op.current = { target, op: newOp() };
      got.value = (await contest("/raids", {}, op.current))?.coins ?? null;
      op.current = null;
      reload();
    });
  const rests_ms = data ? data.next_at_ms - data.now_ms : 0;
  return (
    <section class="card" ref={section} aria-labelledby="raids-title" aria-busy={!data && !failed} data-testid="raids">
      <h2 id="raids-title">🏴‍☠️ {say("raids")}</h2>
      <p class="hint">{data && !data.open ? say("raids_level", { level: data.level }) : say("raids_about")}</p>
      {failed && !data && (
        <button type="button" class="button quiet wide" onClick={reload}>
          {t("again")}
        </button>
      )}
      {data?.open && <p class="hint">{rests_ms > 0 ? say("raids_rest", { time: timeLeft(rests_ms) }) : say("raids_left", { count: data.left })}</p>}
      {data?.open && data.targets.length === 0 && <p class="hint">{say("raids_none")}</p>}
      <ul class="rows">
        {data?.targets.map((one) => (
          <li class="row" key={one.id} data-testid="raid-target">
            <span class="name">
              {one.public_name}
              <span class="hint">
                {" "}
                {say("level", { level: one.level })} · {say(one.size)}
                {one.revenge && ` · ${say("revenge")}`}
              </span>
            </span>
            <button
              type="button"
              class="button quiet"
              aria-label={say("raid_name", { name: one.public_name })}
              disabled={busy.value || !data.left || (rests_ms > 0 && !one.revenge)}
              onClick={() => raid(one.id)}
            >
              {say("raid")}
            </button>
          </li>
        ))}
      </ul>
      <p class="hint" role="status">
        {error.value || (got.value !== null && say("raided", { count: got.value }))}
      </p>
    </section>
  );
}
