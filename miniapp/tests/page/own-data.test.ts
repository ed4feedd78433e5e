import { describe, expect, test } from "vitest";
import { ApiError } from "../../src/api/client";
import type { ProgressView } from "../../src/api/types";
import { forgetEconomy } from "../../src/economy/forgetting";
import { Kept, keptKey } from "../../src/economy/kept";
import { LocalSessionStorage } from "../../src/game/local-session-storage";
import { OwnData } from "../../src/page/own-data";
import { PlayerStore } from "../../src/page/storage";
import { FakeClock, FakeLocks, FakeStore } from "../support/fakes";

function page(refusal: ApiError | null = null) {
  const did: string[] = [];
  const answer = <T>(name: string, value: T) => async () => {
    did.push(name);
    if (refusal) throw refusal;
    return value;
  };
  const store = new PlayerStore(new FakeStore());
  const tryLock = new FakeLocks().page(1);
  const storage = new LocalSessionStorage({ store, clock: new FakeClock(), newId: () => "s1", tryLock, owner: "7" });
  const own = new OwnData({
    api: { exportMe: answer("export", { clicks: 3 }), eraseMe: answer("erase", { done_within_s: 120 }) },
    engine: { sessionToken: "token", stop: () => void did.push("stop") },
    storage,
    store,
    cloud_backup: { clear: async () => void did.push("clear backups") },
    forgetEconomy: () => forgetEconomy(store, "7"),
    init_data: "signed",
    save: async (name, text) => void did.push(`${name} ${text}`),
  });
  return { own, did, storage, store };
}

const refused = (status: number, code: string) => new ApiError(status, code, "", {}, status === 429 ? 3000 : 0);

describe("OwnData", () => {
  test("saves the export as a file", async () => {
    const { own, did } = page();
    expect(await own.download()).toBe("saved");
    expect(did).toEqual(["export", 'tapstack-my-data.json {\n  "clicks": 3\n}']);
  });

  test.each([
    [429, "too_many_requests", { wait_ms: 3000 }],
    [503, "store_unavailable", "failed"],
    [0, "no_answer", "failed"],
  ])("saves nothing if the server answers %i", async (status, code, outcome) => {
    const { own, did } = page(refused(status, code));
    expect(await own.download()).toEqual(outcome);
    expect(did).toEqual(["export"]);
  });

  test("clears this device once the server has closed the account", async () => {
    const { own, did, storage, store } = page();
    storage.save(await storage.claim(), { level: 5, rate: { capacity: 450, per_s: 25 } });
    store.setItem("tapstack:1:settings", "{}");
    store.setItem(keptKey("7", "wallet"), "{}");
    store.setItem(keptKey("7", "progress"), "{}");
    expect(await own.erase()).toBe("erased");
    expect(did).toEqual(["erase", "stop", "clear backups"]);
    expect(Array.from({ length: store.length }, (_, i) => store.key(i))).toEqual(["tapstack:1:settings"]);
  });

  test("keeps nothing that is answered after the player was erased", async () => {
    const { own, store } = page();
    new Kept(store, "7", "progress").keep({} as ProgressView, 1);
    expect(await own.erase()).toBe("erased");
    new Kept(store, "7", "progress").keep({} as ProgressView, 2);
    expect(store.length).toBe(0);
  });

  test.each([
    [401, "init_data_expired", "too_old"],
    [503, "store_unavailable", "failed"],
    [0, "no_answer", "failed"],
  ])("keeps this device if the server answers %i %s", async (status, code, outcome) => {
    const { own, did, storage, store } = page(refused(status, code));
    storage.save(await storage.claim(), { level: 5, rate: { capacity: 450, per_s: 25 } });
    expect(await own.erase()).toBe(outcome);
    expect(did).toEqual(["erase"]);
    expect(store.length).toBe(2);
  });
});
