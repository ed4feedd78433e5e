import { expect, test } from "vitest";
import type { SessionOpened } from "../../src/api/types";
import { showOpened, unread } from "../../src/ui/model";

test("the badge follows what an opened session tells, and stays where it tells nothing", () => {
  const opened = (told: Partial<SessionOpened>) => showOpened(told as SessionOpened);
  opened({ unread: 3 });
  opened({});
  expect(unread.value).toBe(3);
  opened({ unread: 0 });
  expect(unread.value).toBe(0);
});
