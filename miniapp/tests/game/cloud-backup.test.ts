import { beforeEach, describe, expect, test } from "vitest";
import { CloudBackup, type Cloud } from "../../src/game/cloud-backup";
import type { SessionRecord } from "../../src/game/session-record";
import { FakeClock, settle } from "../support/fakes";

let clock: FakeClock;
beforeEach(() => {
  clock = new FakeClock();
});

describe("CloudBackup", () => {
  class FakeCloud implements Cloud {
    available = true;
    items = new Map<string, string>();
    writes = 0;
    set = (key: string, value: string) => {
      this.writes += 1;
      this.items.set(key, value);
      return Promise.resolve();
    };
    remove = (key: string) => {
      this.items.delete(key);
      return Promise.resolve();
    };
    all = (prefix: string) =>
      Promise.resolve(new Map([...this.items].filter(([key]) => key.startsWith(prefix))));
  }

  const record = (taps: number, watermark: number): SessionRecord => {
    const now = clock.now();
    return { session_id: "s", taps, watermark, sent: 0, clicks: 0, created_at_ms: now, updated_at_ms: now };
  };

  test("backs up unsent taps, rarely, and removes acknowledged ones", async () => {
    const cloud = new FakeCloud();
    const backup = new CloudBackup(cloud, clock);
    for (let taps = 1; taps <= 40; taps++) {
      backup.onSave(record(taps, 0), false);
      await clock.pass(1000);
    }
    expect(cloud.writes).toBe(3);
    backup.onSave(record(41, 0), true);
    expect(await new CloudBackup(cloud, clock).load()).toMatchObject([{ taps: 41 }]);
    backup.onSave(record(41, 41), false);
    await settle();
    expect(cloud.items.size).toBe(0);
  });

  test("removes backups that are too old or unreadable", async () => {
    const cloud = new FakeCloud();
    new CloudBackup(cloud, clock).onSave(record(5, 0), true);
    cloud.items.set("session_x", "{");
    clock.wall += 3 * 24 * 3600_000;
    expect(await new CloudBackup(cloud, clock).load()).toEqual([]);
    expect(cloud.items.size).toBe(0);
  });
});
