import { expect, test } from "vitest";
import { keepRemembered, remember, remembered } from "../../src/ui/remembered";
import { FakeStore } from "../support/fakes";

test("what a device remembers outlives the page, for each player apart", () => {
  const store = new FakeStore();
  keepRemembered(store, "1");
  expect(remembered.value).toEqual({ named: false, offered: false });
  remember({ offered: true });
  keepRemembered(store, "1");
  expect(remembered.value).toEqual({ named: false, offered: true });
});

test("an unreadable memory is that of a new device", () => {
  const store = new FakeStore();
  store.setItem("tapstack:1:remembered:2", "{");
  remembered.value = { named: false, offered: false };
  keepRemembered(store, "2");
  expect(remembered.value).toEqual({ named: false, offered: false });
});
