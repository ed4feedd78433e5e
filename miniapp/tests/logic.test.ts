import { describe, expect, test } from "vitest";
import { apiBase } from "../src/api/client";
import { backoffMs } from "../src/game/backoff";
import { TokenBucket } from "../src/game/bucket";
import { TapCounter } from "../src/game/counter";
import { parseRecord } from "../src/game/home";
import { parseLaunch, retrieveLaunch } from "../src/telegram/launch";
import { FakeStore } from "./fakes";

describe("TokenBucket", () => {
  test("gives its capacity at once, then its rate", () => {
    let now = 0;
    const bucket = new TokenBucket(() => now, 450, 25);
    expect(bucket.take(450)).toBe(true);
    expect(bucket.take(1)).toBe(false);
    expect(bucket.waitMs(1)).toBe(40);
    now = 40;
    expect(bucket.take(1)).toBe(true);
    now = 1_000_000;
    expect(bucket.available()).toBe(450);
  });
});

describe("TapCounter", () => {
  test("repeats what it paid for and no more than a bucket above the watermark", () => {
    let now = 0;
    const bucket = new TokenBucket(() => now, 450, 25);
    const counter = new TapCounter();
    for (let i = 0; i < 1000; i++) counter.tap();
    expect(counter.take(bucket)).toBe(450);
    now = 60_000;
    expect(counter.take(bucket)).toBe(450);
    counter.acknowledge({ taps: 450, clicks: 450 });
    expect(counter.take(bucket)).toBe(900);
  });

  test("puts back what the last page could not write", () => {
    const counter = new TapCounter();
    counter.tap();
    counter.restore({ taps: 10, watermark: 8, sent: 10, clicks: 8 });
    counter.opened({ taps: 15, clicks: 15 });
    expect(counter.taps).toBe(16);
    expect(counter.shown).toBe(16);
  });
});

test("backoff grows, is capped, spreads, and obeys the server", () => {
  expect(backoffMs(1, () => 0)).toBe(500);
  expect(backoffMs(3, () => 1)).toBe(4000);
  expect(backoffMs(50, () => 1)).toBe(20_000);
  expect(backoffMs(1, () => 0, 30_000)).toBe(30_000);
});

test("the API is everything before /app/, or what the build says", () => {
  const at = (pathname: string) => apiBase(undefined, { origin: "https://h", pathname });
  expect(at("/app/")).toBe("https://h");
  expect(at("/v1/app/index.html")).toBe("https://h/v1");
  expect(at("/")).toBe("https://h");
  expect(apiBase("https://api.example/v1/", { origin: "https://h", pathname: "/" })).toBe("https://api.example/v1");
});

test("a record that makes no sense is not played", () => {
  expect(parseRecord("{")).toBeNull();
  expect(parseRecord(null)).toBeNull();
  const record = { session_id: "s", taps: 1, watermark: 0, sent: 0, clicks: 0, created_at_ms: 1, updated_at_ms: 1 };
  expect(parseRecord(JSON.stringify(record))).toEqual(record);
  expect(parseRecord(JSON.stringify({ ...record, taps: -1 }))).toBeNull();
});

describe("launch", () => {
  const user = encodeURIComponent(JSON.stringify({ id: 7, first_name: "Ann", language_code: "ru" }));
  const data = encodeURIComponent(`user=${user}&start_param=ref_x&auth_date=1&hash=00`);
  const fragment = `#tgWebAppData=${data}&tgWebAppVersion=9.1&tgWebAppPlatform=web&tgWebAppThemeParams=%7B%22bg_color%22%3A%22%23ffffff%22%7D`;

  test("is read from the fragment", () => {
    const launch = parseLaunch(fragment);
    expect(launch.init_data).toBe(decodeURIComponent(data));
    expect(launch.user).toEqual({ id: "7", first_name: "Ann", language_code: "ru" });
    expect(launch.start_param).toBe("ref_x");
    expect(launch.theme).toEqual({ bg_color: "#ffffff" });
  });

  test("survives a reload that lost the fragment", () => {
    const store = new FakeStore();
    retrieveLaunch(fragment, store);
    expect(retrieveLaunch("", store).user.id).toBe("7");
    expect(retrieveLaunch("", new FakeStore()).init_data).toBe("");
  });
});
