import { beforeEach, describe, expect, test } from "vitest";
import type { Referrals } from "../../src/api/types";
import { FriendList, type FriendsState } from "../../src/game/friend-list";

describe("FriendList", () => {
  const page = (ids: string[], cursor: string | null): Referrals => ({
    ref_code: "abc",
    direct: 3,
    indirect: 1,
    boost: 310,
    entries: ids.map((id) => ({ id, username: null, level: 1, joined_at_s: 0, direct: 0, public_name: "" })),
    cursor,
    invited_by: "Zeha",
  });
  let state: FriendsState;
  let asked: (string | null)[];
  let pages: (Referrals | null | Error)[];
  let list: FriendList;
  beforeEach(() => {
    asked = [];
    list = new FriendList({
      load(cursor) {
        asked.push(cursor);
        const next = pages.shift() ?? null;
        return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
      },
      onState: (now) => (state = now),
    });
  });
  const ids = () => state.entries?.map(({ id }) => id);

  test("pages are appended, and a reload starts from the first one", async () => {
    pages = [page(["a", "b"], "next"), page(["c"], null), page(["d"], null)];
    await list.reload();
    expect([ids(), state.more, state.invited_by]).toEqual([["a", "b"], true, "Zeha"]);
    await list.more();
    expect([ids(), state.more]).toEqual([["a", "b", "c"], false]);
    await list.reload();
    expect(ids()).toEqual(["d"]);
    expect(asked).toEqual([null, "next", null]);
  });

  test("a failure keeps the entries, and can be retried", async () => {
    pages = [page(["a"], "next"), new Error("unavailable"), page(["b"], null)];
    await list.reload();
    await list.more();
    expect([ids(), state.failed, state.busy]).toEqual([["a"], true, false]);
    await list.more();
    expect([ids(), state.failed]).toEqual([["a", "b"], false]);
  });

  test("without a session nothing fails, and only one page loads at a time", async () => {
    pages = [null];
    await Promise.all([list.reload(), list.reload()]);
    expect([state.entries, state.failed, asked.length]).toEqual([null, false, 1]);
  });
});
