import { expect, test } from "vitest";
import { inOrder } from "../../src/game/in-order";

test("an older answer is not shown over a newer one", () => {
  const begin = inOrder();
  const [older, newer, newest] = [begin(), begin(), begin()];
  expect([newer(), older(), newest()]).toEqual([true, false, true]);
});

test("answers that come in order are all shown, also in two steps", () => {
  const begin = inOrder();
  const [first, second] = [begin(), begin()];
  expect([first(), first(), second()]).toEqual([true, true, true]);
});
