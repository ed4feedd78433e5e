import { expect, test } from "vitest";
import { looksOf, paintRules, titleRules } from "../../src/ui/looks";

const item = (kind: string, id: string, en: string) => ({ kind, id, name: { en } });
const rulesOf = (...items: object[]) => titleRules({ items } as never, (texts) => texts["en"] as string);

test("a title on a board is named by the catalogue, and nothing else is", () => {
  expect(rulesOf(item("title", "title_fox", "Sly Fox"), item("crate", "box", "Box"))).toEqual([
    '[data-title="title_fox"]::after { content: " · Sly Fox" }',
  ]);
});

test("no name gets out of its string", () => {
  const [rule] = rulesOf(item("title", "t", 'x" } body { display: none } \\ \n'));
  expect(rule).toBe('[data-title="t"]::after { content: " · x\\22  } body { display: none } \\5c  \\a " }');
});

test("what is worn for looks is shown, and no tool or thing that is gone", () => {
  const items: Record<string, object> = { moon: { kind: "cosmetic", look: "moon" }, spoon: { kind: "tool" } };
  const itemOf = (id: string) => items[id] as never;
  expect(looksOf({ button: "moon", frame: "gone", colour: "spoon", hand: "moon" }, itemOf)).toEqual({ button: "moon" });
});

test("what others wear for looks paints their rows, by the items that the catalogue knows", () => {
  const cosmetic = (id: string, slot: string, look: string) => ({ ...item("cosmetic", id, id), slot, look });
  const items = [cosmetic("colour_mint", "colour", "mint"), cosmetic("frame_flame", "frame", "flame"), cosmetic("button_moon", "button", "moon")];
  expect(paintRules({ items: [...items, item("title", "t", "T")] } as never)).toEqual([
    '[data-looks~="colour_mint"]:not(.own) > .name { color: var(--mint) }',
    '[data-looks~="frame_flame"]:not(.own) > .avatar { outline: var(--flame); outline-offset: 1px; box-shadow: var(--flame-glow, none) }',
  ]);
});
