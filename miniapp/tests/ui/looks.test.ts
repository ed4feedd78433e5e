import { expect, test } from "vitest";
import { looksOf, titleRules } from "../../src/ui/looks";

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
