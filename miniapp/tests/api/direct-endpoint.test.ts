import { beforeEach, describe, expect, test } from "vitest";
import { Api, ApiError } from "../../src/api/client";

const BASE = "https://site/v1";
const URLS = { clicks: "https://abc.lambda-url.eu-central-1.on.aws/clicks", heartbeat: "/_url/Beat/heartbeat" };
const COUNTED = { taps: 5, accepted: 5, clicks: 5 };

type Server = (url: string) => Response | Error;

let now: number;
let sent: string[];
let servers: Record<string, Server>;

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
const refusal = (status: number, code: string) => () => json({ error: { code, message: "", data: {} } }, status);
const page = (status: number) => () => new Response("<html>", { status });
const network = () => new TypeError("Failed to fetch");

const api = () =>
  new Api({
    base: BASE,
    now: () => now,
    async fetch(request) {
      sent.push(request.url);
      const answer = servers[new URL(request.url).host]?.(request.url) ?? network();
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });

/** An API whose session is open; `sent` holds only what comes after. */
async function opened(session: object = { endpoints: URLS }): Promise<Api> {
  const client = api();
  servers["site"] = () => json(session, 201);
  await client.openSession("x", "s");
  servers["site"] = () => json(COUNTED);
  sent = [];
  return client;
}

const direct = (server: Server) => (servers["abc.lambda-url.eu-central-1.on.aws"] = server);
const errorOf = (call: Promise<unknown>) => call.then(() => null, (error: ApiError) => error);

beforeEach(() => {
  now = 0;
  sent = [];
  servers = {};
  direct(() => json(COUNTED));
});

describe("clicks and heartbeats", () => {
  test("go where the session says, everything else to the API", async () => {
    const client = await opened();
    await client.clicks("t", 5);
    await client.heartbeat("t");
    await client.ownRank("t", "all");
    expect(sent).toEqual([URLS.clicks, "https://site/_url/Beat/heartbeat", `${BASE}/leaderboard/me`]);
  });

  test.each([{}, { endpoints: {} }, { endpoints: { clicks: "https://abc.lambda-url.eu-central-1.on.aws/other" } }])(
    "go to the API where the session says %j",
    async (session) => {
      const client = await opened(session);
      await client.clicks("t", 5);
      await client.heartbeat("t");
      expect(sent).toEqual([`${BASE}/clicks`, `${BASE}/heartbeat`]);
    },
  );

  test("go to the API again when a later session names no addresses", async () => {
    const client = await opened();
    servers["site"] = () => json({}, 200);
    await client.openSession("x", "s");
    servers["site"] = () => json(COUNTED);
    await client.clicks("t", 5);
    expect(sent.at(-1)).toBe(`${BASE}/clicks`);
  });
});

describe("an address that fails", () => {
  test.each([
    ["the network", network],
    ["403 of Lambda", page(403)],
    ["404 of Lambda", page(404)],
    ["404 of the function", refusal(404, "not_found")],
    ["500 of the function", refusal(500, "internal_error")],
    ["502 of Lambda", page(502)],
    ["an answer that can't be read", page(200)],
  ])("by %s is made up for by the API, and left alone for a minute, then two", async (_, server) => {
    const client = await opened();
    direct(server);
    expect(await client.clicks("t", 5)).toEqual(COUNTED);
    expect(sent).toEqual([URLS.clicks, `${BASE}/clicks`]);

    now = 59_999;
    await client.clicks("t", 6);
    expect(sent.slice(2)).toEqual([`${BASE}/clicks`]);

    now = 60_000;
    await client.clicks("t", 7);
    expect(sent.slice(3)).toEqual([URLS.clicks, `${BASE}/clicks`]);
    now += 119_999;
    await client.clicks("t", 8);
    expect(sent.slice(5)).toEqual([`${BASE}/clicks`]);
  });

  test("is tried once an hour at least, and trusted again once it answers", async () => {
    const client = await opened();
    direct(network);
    for (let n = 0; n < 20; n++) {
      await client.clicks("t", n);
      now += 3600_000;
    }
    expect(sent.filter((url) => url === URLS.clicks)).toHaveLength(20);
    direct(() => json(COUNTED));
    await client.clicks("t", 30);
    direct(network);
    await client.clicks("t", 31);
    now += 60_000;
    sent = [];
    await client.clicks("t", 32);
    expect(sent[0]).toBe(URLS.clicks);
  });

  test("stays known over the next session of the same address, and leaves the other one alone", async () => {
    const client = await opened();
    direct(network);
    await client.clicks("t", 5);
    servers["site"] = () => json({ ...COUNTED, endpoints: URLS });
    await client.openSession("x", "s");
    sent = [];
    await client.clicks("t", 6);
    await client.heartbeat("t");
    expect(sent).toEqual([`${BASE}/clicks`, "https://site/_url/Beat/heartbeat"]);
  });

  test("is not to blame while the API fails too", async () => {
    const client = await opened();
    direct(network);
    for (const server of [network, page(503)]) {
      servers["site"] = server;
      sent = [];
      expect(await errorOf(client.clicks("t", 5))).toBeInstanceOf(ApiError);
      expect(sent).toEqual([URLS.clicks, `${BASE}/clicks`]);
    }
  });

  test("is to blame where the API refuses", async () => {
    const client = await opened();
    direct(network);
    servers["site"] = refusal(410, "session_ended");
    expect(await errorOf(client.clicks("t", 5))).toMatchObject({ status: 410 });
    sent = [];
    await errorOf(client.clicks("t", 6));
    expect(sent).toEqual([`${BASE}/clicks`]);
  });
});

test.each([
  [400, "validation_failed"],
  [401, "token_expired"],
  [404, "player_unknown"],
  [410, "session_ended"],
  [429, "too_many_requests"],
  [503, "store_unavailable"],
])("what the game itself refuses (%i %s) is not asked of the API again", async (status, code) => {
  const client = await opened();
  direct(refusal(status, code));
  expect(await errorOf(client.clicks("t", 5))).toMatchObject({ status, code });
  await errorOf(client.clicks("t", 6));
  expect(sent).toEqual([URLS.clicks, URLS.clicks]);
});

test("a throttled function is not flooded by way of the API", async () => {
  const client = await opened();
  direct(page(429));
  expect(await errorOf(client.clicks("t", 5))).toMatchObject({ status: 429 });
  expect(sent).toEqual([URLS.clicks]);
});
