import { signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { CrateItem, DropView } from "../../api/types";
import { RARITIES } from "../../economy/draws";
import { number, t } from "../../i18n";
import { fewerEffects } from "../model";
import { crateOf, inventory, isBusy, itemOf, opened, till } from "./model";
import { Odds } from "./odds";
import { dropName, Next, Outcome, Rarity, said, Stepper, Tile } from "./parts";

/** The API's most. */
const AT_ONCE = 10;
/** How long the lid takes, and each thing after it. The things are known before either begins. */
const LID_MS = 900;
const EACH_MS = 420;

const shown = signal<string | null>(null);

/** Shows a crate, or what was in it. */
export function look(crate: string): void {
  shown.value = crate;
}

/** A crate, as a dialog: its odds first, then what is in it. */
export function CrateDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = shown.value;
  useEffect(() => {
    const element = dialog.current;
    if (id === null || !element || element.open) return;
    if (typeof element.showModal === "function") element.showModal();
    else element.setAttribute("open", "");
  }, [id]);
  useEffect(() => () => void (shown.value = null), []); // Whoever goes elsewhere has put it away, seen or not.
  const close = () => {
    if (opened.peek()) till.peek()?.seen(opened.peek()?.op ?? "");
    shown.value = null;
  };
  if (id === null) return null;
  return (
    <dialog ref={dialog} class="crate" aria-labelledby="crate-title" data-testid="crate" onClose={close}>
      <Crate key={id} id={id} close={() => (dialog.current?.close ? dialog.current.close() : close())} />
    </dialog>
  );
}

function Crate({ id, close }: { id: string; close: () => void }) {
  const crate = crateOf(id);
  const count = useSignal(1);
  /** Crates that were opened while the player looks on are worth watching, others are told at once. */
  const watched = useRef(false);
  const place = `crate:${id}`;
  const left = inventory.value?.stacks.find((stack) => stack.item === id)?.count ?? 0;
  const much = Math.max(1, Math.min(count.value, left, AT_ONCE));
  const done = opened.value;
  const busy = isBusy(place);
  const open = () => {
    watched.current = true;
    till.value?.order("/crates/open", { crate: id, count: much }, place);
  };
  if (!crate) return null;
  if (done)
    return (
      <Inside
        key={done.op}
        crate={crate}
        drops={(done.answer as { drops: DropView[] }).drops}
        animated={watched.current && !fewerEffects.peek()}
        close={close}
        {...(left > 0 && { more: () => till.value?.seen(done.op) })}
      />
    );
  return (
    <>
      <h2 id="crate-title">{said(crate.name)}</h2>
      <div class={busy ? "box shaking" : "box"} aria-hidden="true">
        <Tile item={crate} />
      </div>
      <p class="hint">
        <Rarity item={crate} /> {said(crate.about)}
      </p>
      <Odds crate={id} />
      <p class="help">{t("committed")}</p>
      <div class="deal end">
        {left > 1 && <Stepper value={much} most={Math.min(left, AT_ONCE)} change={(value) => (count.value = value)} />}
        <Next disabled={busy || left === 0} press={open} testid="open-crate">
          {busy ? t("opening") : t("open_many", { count: much })}
        </Next>
        <button type="button" class="button quiet" onClick={close} data-testid="crate-close">
          {t("cancel")}
        </button>
        <Outcome place={place} />
      </div>
    </>
  );
}

interface InsideProps {
  crate: CrateItem;
  drops: DropView[];
  animated: boolean;
  close: () => void;
  more?: () => void;
}

/** What was in it, one thing after the other where the player wants to watch. */
function Inside({ crate, drops, animated, close, more }: InsideProps) {
  const seen = useSignal(animated ? 0 : drops.length);
  const layer = useRef<HTMLDivElement>(null);
  const all = seen.value >= drops.length;
  useEffect(() => {
    if (all) return;
    const timer = setTimeout(() => (seen.value += 1), seen.value === 0 ? LID_MS : EACH_MS);
    return () => clearTimeout(timer);
  }, [seen.value]);
  const best = Math.max(...drops.map((drop) => RARITIES.indexOf(itemOf(drop.item ?? "")?.rarity ?? "common")));
  useEffect(() => {
    if (!animated || !all || best < 3 || !layer.current) return;
    const place = layer.current;
    void import("../confetti").then(({ throwConfetti }) => throwConfetti(place)).catch(() => undefined); // Offline: without.
  }, [all]);
  return (
    <>
      <h2 id="crate-title">{t("got", { count: drops.length })}</h2>
      <div ref={layer} class="confetti" aria-hidden="true" />
      {seen.value === 0 && (
        <div class="box lid" aria-hidden="true">
          <Tile item={crate} />
        </div>
      )}
      <ul class="drops" aria-live="polite" data-testid="drops">
        {drops.slice(0, seen.value).map((drop, i) => {
          const item = itemOf(drop.item ?? "");
          return (
            <li key={i} class={`drop drop-${item?.rarity ?? "common"}${animated ? " flip" : ""}`}>
              <Tile item={item} {...(drop.currency && { money: drop.currency })} />
              <span class="name">{dropName(drop)}</span>
              {item && <Rarity item={item} />}
            </li>
          );
        })}
      </ul>
      <div class="deal end">
        {all ? (
          <>
            <Next press={close} testid="crate-done">
              {t("to_bag")}
            </Next>
            {more && (
              <button type="button" class="button quiet" onClick={more} data-testid="crate-more">
                {t("again_open")}
              </button>
            )}
          </>
        ) : (
          <Next class="quiet" press={() => (seen.value = drops.length)} testid="skip">
            {t("skip")} <span aria-hidden="true">{number(seen.value)}/{number(drops.length)}</span>
          </Next>
        )}
      </div>
    </>
  );
}
