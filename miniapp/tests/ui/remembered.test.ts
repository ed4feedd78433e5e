import { expect, test } from "vitest";
import { isInContest, keepRemembered, remember, remembered } from "../../src/ui/remembered";
import { FakeStore } from "../support/fakes";

const NOTHING = { named: false, offered: false, rally: "", duel: "" };

test("what a device remembers outlives the page, for each player apart", () => {
  const store = new FakeStore();
  keepRemembered(store, "1");
  expect(remembered.value).toEqual(NOTHING);
  expect(isInContest.value).toBe(false);
  remember({ offered: true, duel: "0123456789abcdef" });
  keepRemembered(store, "1");
  expect(remembered.value).toEqual({ ...NOTHING, offered: true, duel: "0123456789abcdef" });
  expect(isInContest.value).toBe(true);
});

test("an unreadable memory is that of a new device", () => {
  const store = new FakeStore();
  store.setItem("tapstack:1:remembered:2", "{");
  keepRemembered(store, "2");
  expect(remembered.value).toEqual(NOTHING);
});
