import { expect, test, vi } from "vitest";
import { acceptAt } from "../../src/ui/crew/stakes";

const accept = () => vi.fn(async () => ({ id: "0123456789abcdef" }));

test("a duel with a stake is accepted once the player has agreed to that stake", async () => {
  const send = accept();
  const look = async () => ({ stake: 100 });
  expect(await acceptAt(0, look, send)).toEqual({ ask: 100 });
  expect(await acceptAt(50, look, send)).toEqual({ ask: 100 });
  expect(send).not.toHaveBeenCalled();
  expect(await acceptAt(100, look, send)).toEqual({ id: "0123456789abcdef" });
  expect(send).toHaveBeenCalledExactlyOnceWith(100);
});

test("a duel for honour is accepted at once, and one that had a stake before is asked about anew", async () => {
  const send = accept();
  expect(await acceptAt(100, async () => ({ stake: 0 }), send)).toEqual({ ask: 0 });
  expect(await acceptAt(0, async () => ({}), send)).toEqual({ id: "0123456789abcdef" });
  expect(send).toHaveBeenCalledExactlyOnceWith(0);
});
