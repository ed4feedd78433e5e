import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Api, apiBase, ApiError } from "../../src/api/client";

const BASE = "https://h/v1";
const NO_ANSWER = 0;

let sent: Request[];
let bodies: string[];

/** An API that gets these answers, one after the other. */
function apiWith(...answers: (Response | Error)[]): Api {
  return new Api({
    base: BASE,
    async fetch(request) {
      sent.push(request);
      bodies.push(await request.clone().text());
      const answer = answers.shift();
      if (answer instanceof Response) return answer;
      throw answer ?? new TypeError("Failed to fetch");
    },
  });
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });

const errorOf = (call: Promise<unknown>): Promise<ApiError> =>
  call.then(
    () => expect.fail("it was answered"),
    (error: ApiError) => error,
  );

beforeEach(() => {
  sent = [];
  bodies = [];
});
afterEach(() => vi.useRealTimers());

describe("a request", () => {
  test("carries its token and its body, and no cookies", async () => {
    await apiWith(json({ clicks: 3 })).heartbeat("t");
    const [request] = sent;
    expect([request?.method, request?.url, request?.credentials]).toEqual(["POST", `${BASE}/heartbeat`, "omit"]);
    expect(request?.headers.get("Authorization")).toBe("Bearer t");
    expect([request?.headers.get("Content-Type"), bodies[0]]).toEqual(["application/json", "{}"]);
  });

  test("signs in by the launch data", async () => {
    await apiWith(json({}, 201)).openSession("user=1&hash=2", "s1");
    expect(sent[0]?.headers.get("Authorization")).toBe("tma user=1&hash=2");
    expect(bodies[0]).toBe('{"session_id":"s1"}');
  });

  test("without a body names no content type", async () => {
    await apiWith(json({ prepared_message_id: "p" })).prepareShare("t");
    expect([sent[0]?.headers.get("Content-Type"), bodies[0]]).toEqual([null, ""]);
  });

  test("with taps outlives the page, others do not", async () => {
    const api = apiWith(json({ taps: 1 }), json({ clicks: 1 }));
    await api.clicks("t", 1);
    await api.heartbeat("t");
    expect(sent.map(({ keepalive }) => keepalive)).toEqual([true, false]);
  });

  test.each([
    [null, `${BASE}/players/me/referrals`],
    ["a b&c", `${BASE}/players/me/referrals?cursor=a%20b%26c`],
  ])("with the cursor %j", async (cursor, url) => {
    await apiWith(json({ entries: [] })).referrals("t", cursor);
    expect(sent[0]?.url).toBe(url);
  });
});

describe("the leaderboard", () => {
  test("comes with its ETag, past the browser's cache", async () => {
    const answer = await apiWith(json({ version: 7 }, 200, { ETag: '"7"' })).leaderboard("day", null);
    expect(answer).toMatchObject({ leaderboard: { version: 7 }, etag: '"7"' });
    expect([sent[0]?.url, sent[0]?.cache]).toEqual([`${BASE}/leaderboard?period=day`, "no-store"]);
    expect(sent[0]?.headers.has("If-None-Match")).toBe(false);
  });

  test("is null while the tag is still the same", async () => {
    const answer = await apiWith(new Response(null, { status: 304 })).leaderboard("all", '"7"');
    expect(answer).toEqual({ leaderboard: null, etag: '"7"' });
    expect([sent[0]?.url, sent[0]?.headers.get("If-None-Match")]).toEqual([`${BASE}/leaderboard`, '"7"']);
  });
});

describe("a failure", () => {
  test("tells the API's code, message and data", async () => {
    const body = { error: { code: "username_taken", message: "taken", data: { at: 1 } } };
    const error = await errorOf(apiWith(json(body, 409)).rename("t", "ann"));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 409, code: "username_taken", message: "taken", data: { at: 1 } });
  });

  test.each([
    ["3", 3000],
    ["86400", 300_000],
    ["-1", 0],
    ["Wed, 21 Oct 2026 07:28:00 GMT", 0],
  ])("tells when to try again: Retry-After %s", async (header, retry_after_ms) => {
    const error = await errorOf(apiWith(json({ error: {} }, 429, { "Retry-After": header })).heartbeat("t"));
    expect(error).toMatchObject({ status: 429, retry_after_ms });
  });

  test.each(["<html>502</html>", "", "null", '"text"'])("of a proxy that answers %j is its status", async (text) => {
    const error = await errorOf(apiWith(new Response(text, { status: 502 })).heartbeat("t"));
    expect(error).toMatchObject({ status: 502, code: "http_502", retry_after_ms: 0 });
  });

  test("of the network has the status 0", async () => {
    expect(await errorOf(apiWith().heartbeat("t"))).toMatchObject({ status: NO_ANSWER, code: "no_answer" });
  });

  test("an answer that can't be read counts as none", async () => {
    const error = await errorOf(apiWith(new Response("<html>", { status: 200 })).heartbeat("t"));
    expect(error).toMatchObject({ status: NO_ANSWER, code: "no_answer" });
  });

  test("an empty answer is no data", async () => {
    const error = await errorOf(apiWith(new Response(null, { status: 204 })).heartbeat("t"));
    expect(error).toMatchObject({ status: 204, code: "empty_answer" });
  });

  test("an answer that takes too long is given up, also in the middle of its body", async () => {
    vi.useFakeTimers();
    const hanging = (signal: AbortSignal) =>
      new ReadableStream({
        start: (stream) => signal.addEventListener("abort", () => stream.error(new DOMException("", "AbortError"))),
      });
    const api = new Api({
      base: BASE,
      fetch(request) {
        // A browser keeps what it fetches; once Node has collected a request, its signal aborts no more.
        sent.push(request);
        return Promise.resolve(new Response(hanging(request.signal)));
      },
    });
    const failed = errorOf(api.heartbeat("t"));
    await vi.advanceTimersByTimeAsync(11_999);
    await expect(Promise.race([failed, Promise.resolve("waiting")])).resolves.toBe("waiting");
    await vi.advanceTimersByTimeAsync(1);
    expect(await failed).toMatchObject({ status: NO_ANSWER, code: "no_answer" });
  });
});

test("the API is everything before /app/, or what the build says", () => {
  const at = (pathname: string) => apiBase(undefined, { origin: "https://h", pathname });
  expect(at("/app/")).toBe("https://h");
  expect(at("/v1/app/index.html")).toBe("https://h/v1");
  expect(at("/")).toBe("https://h");
  expect(apiBase("https://api.example/v1/", { origin: "https://h", pathname: "/" })).toBe("https://api.example/v1");
});
