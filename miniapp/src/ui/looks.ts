import { effect } from "@preact/signals";
import type { Catalogue } from "../api/types";
import { account, catalogue, itemOf } from "./economy/model";
import { said } from "./economy/parts";

/** What the player wears for looks, by slot: the stylesheet paints their button, name and picture so. */
const SLOTS = ["colour", "frame", "button"] as const;

/** Puts on what the player wears, and shows what others wear on boards: boards know only the ids of items. */
export function showLooks(): void {
  effect(() => {
    const looks = looksOf(account.value?.worn ?? {}, itemOf);
    for (const slot of SLOTS) {
      const look = looks[slot];
      if (look) document.body.dataset[slot] = look;
      else delete document.body.dataset[slot];
    }
  });
  if (!("adoptedStyleSheets" in document)) return; // An old browser: boards have names alone.
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  effect(() => {
    const known = catalogue.value;
    if (known) sheet.replaceSync([...titleRules(known, said), ...paintRules(known)].join("\n"));
  });
}

/** The look in each slot that has a cosmetic item on. */
export function looksOf(worn: Record<string, string>, itemOf: (id: string) => Catalogue["items"][number] | undefined): Record<string, string> {
  const looks: Record<string, string> = {};
  for (const slot of SLOTS) {
    const item = itemOf(worn[slot] ?? "");
    if (item?.kind === "cosmetic") looks[slot] = item.look;
  }
  return looks;
}

/** A rule for each title: its name after that of the player. */
export function titleRules({ items }: Pick<Catalogue, "items">, name: (texts: Record<string, string>) => string): string[] {
  return items
    .filter((item) => item.kind === "title")
    .map((item) => `[data-title="${item.id}"]::after { content: " · ${quoted(name(item.name))}" }`);
}

/** Rules for each colour and frame that others wear, in the paints of looks.css; the own row is painted there. */
export function paintRules({ items }: Pick<Catalogue, "items">): string[] {
  return items.flatMap((item) => {
    if (item.kind !== "cosmetic" || item.slot === "button") return [];
    const [part, paint] =
      item.slot === "colour"
        ? [".name", `color: var(--${item.look})`]
        : [".avatar", `outline: var(--${item.look}); outline-offset: 1px; box-shadow: var(--${item.look}-glow, none)`];
    return [`[data-looks~="${item.id}"]:not(.own) > ${part} { ${paint} }`];
  });
}

/** A text inside of a string of CSS. */
function quoted(text: string): string {
  return text.replace(/["\\]|[^\P{C}\u200d]/gu, (character) => `\\${(character.codePointAt(0) as number).toString(16)} `);
}
