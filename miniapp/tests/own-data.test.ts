import { describe, expect, test } from "vitest";
import { ApiError } from "../src/api/client";
import { StoredSessions } from "../src/game/home";
import { OwnData } from "../src/page/own-data";
import { FakeClock, FakeLocks, FakeStore } from "./fakes";

function page(refusal: ApiError | null = null) {
  const did: string[] = [];
  const answer = <T>(name: string, value: T) => async () => {
    did.push(name);
    if (refusal) throw refusal;
    return value;
  };
  const store = new FakeStore();
  const claim = new FakeLocks().page(1);
  const home = new StoredSessions({ store, clock: new FakeClock(), newId: () => "s1", claim, owner: "7" });
  const own = new OwnData({
    api: { exportMe: answer("export", { clicks: 3 }), eraseMe: answer("erase", { done_within_s: 120 }) },
    engine: { sessionToken: "token", stop: () => void did.push("stop") },
    home,
    second_home: { forget: async () => void did.push("forget copies") },
    init_data: "signed",
    save: async (name, text) => void did.push(`${name} ${text}`),
  });
  return { own, did, home, store };
}

const refused = (status: number, code: string) => new ApiError(status, code, "");

describe("the own data", () => {
  test("is saved as a file", async () => {
    const { own, did } = page();
    expect(await own.download()).toBe("saved");
    expect(did).toEqual(["export", 'tapstack-my-data.json {\n  "clicks": 3\n}']);
  });

  test.each([
    [429, "too_many_requests", "too_often"],
    [503, "store_unavailable", "failed"],
    [0, "no_answer", "failed"],
  ])("is not saved where the server answers %i", async (status, code, told) => {
    const { own, did } = page(refused(status, code));
    expect(await own.download()).toBe(told);
    expect(did).toEqual(["export"]);
  });

  test("is forgotten on this device once the server has closed the account", async () => {
    const { own, did, home, store } = page();
    home.save(await home.claim(), 5);
    store.setItem("tapstack:1:settings", "{}");
    expect(await own.erase()).toBe("erased");
    expect(did).toEqual(["erase", "stop", "forget copies"]);
    expect(Array.from({ length: store.length }, (_, i) => store.key(i))).toEqual(["tapstack:1:settings"]);
  });

  test.each([
    [401, "init_data_expired", "too_old"],
    [503, "store_unavailable", "failed"],
    [0, "no_answer", "failed"],
  ])("stays where the server answers %i %s", async (status, code, told) => {
    const { own, did, home, store } = page(refused(status, code));
    home.save(await home.claim(), 5);
    expect(await own.erase()).toBe(told);
    expect(did).toEqual(["erase"]);
    expect(store.length).toBe(2);
  });
});
