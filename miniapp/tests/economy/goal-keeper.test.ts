import { describe, expect, test } from "vitest";
import { GoalKeeper } from "../../src/economy/goal-keeper";
import { FakeClock } from "../support/fakes";
import { progressView, streakView } from "../support/progress";

const HOUR_MS = 3_600_000;

function setup(zone: string | undefined = "Europe/Lisbon") {
  const clock = new FakeClock(0);
  const orders: string[] = [];
  const reads = { count: 0 };
  const busy = new Set<string>();
  const keeper = new GoalKeeper({
    clock,
    zone,
    now: () => clock.now(),
    isBusy: (place) => busy.has(place),
    order(path, body, place) {
      orders.push(`${path} ${JSON.stringify(body)}`);
      if (path === "/economy/checkin") busy.add(place);
    },
    load: () => void (reads.count += 1),
  });
  return { keeper, clock, orders, reads, busy };
}

const due = (tapped: boolean) => progressView({ streak: streakView({ due: true, tapped, next_at_ms: 0 }) });

describe("the check-in", () => {
  test("is made when the day's first tap is counted, and once while it is on its way", () => {
    const { keeper, orders } = setup();
    keeper.read(due(false));
    expect(orders).toEqual([]);
    keeper.read(due(true));
    keeper.read(due(true));
    expect(orders).toEqual(["/economy/checkin {}"]);
  });

  test("is not made again on the day that the answer has named", () => {
    const { keeper, orders, busy, clock } = setup();
    keeper.read(due(true));
    busy.clear();
    keeper.checkedIn(5 * HOUR_MS);
    keeper.read(due(true)); // Read before the answer.
    expect(orders).toHaveLength(1);
    clock.wall = 5 * HOUR_MS;
    keeper.read(due(true));
    expect(orders).toHaveLength(2);
  });

  test("rests after a refusal that names no time", async () => {
    const { keeper, orders, busy, clock } = setup();
    keeper.read(due(true));
    busy.clear();
    keeper.checkedIn(undefined);
    keeper.read(due(true));
    expect(orders).toHaveLength(1);
    await clock.pass(60_000);
    keeper.read(due(true));
    expect(orders).toHaveLength(2);
  });
});

describe("the time zone", () => {
  const unknown = progressView({ streak: streakView({ zone: "" }) });

  test("is told once, where the game does not know it", () => {
    const { keeper, orders } = setup();
    keeper.read(progressView());
    expect(orders).toEqual([]);
    keeper.read(unknown);
    keeper.read(unknown);
    expect(orders).toEqual(['/economy/zone {"zone":"Europe/Lisbon"}']);
  });

  test("stays as it is where the browser does not name one", () => {
    const { keeper, orders } = setup("");
    keeper.read(unknown);
    expect(orders).toEqual([]);
  });
});

describe("progress is read again", () => {
  test("soon after the day's first tap", async () => {
    const { keeper, clock, reads } = setup();
    keeper.read(due(false));
    keeper.counted(1);
    keeper.counted(2);
    await clock.pass(5000);
    expect(reads.count).toBe(1);
  });

  test("when taps have reached something, and not before", async () => {
    const { keeper, clock, reads } = setup();
    keeper.read(progressView());
    keeper.counted(19);
    await clock.pass(10_000);
    expect(reads.count).toBe(0);
    keeper.counted(20);
    await clock.pass(0);
    expect(reads.count).toBe(1);
  });

  test("by the first tap of the next day", async () => {
    const { keeper, clock, reads } = setup();
    keeper.read(progressView());
    await clock.pass(86_400_000);
    keeper.counted(1);
    await clock.pass(0);
    expect(reads.count).toBe(1);
  });

  test("where the first attempt has failed, less and less often", async () => {
    const { keeper, clock, reads } = setup();
    for (let taps = 1; taps <= 60; taps++) {
      keeper.counted(taps);
      await clock.pass(1000);
    }
    expect(reads.count).toBe(3); // After 5, 15 and 35 seconds.
  });
});
