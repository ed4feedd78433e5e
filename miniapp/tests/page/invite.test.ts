import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "../../src/api/client";
import { Invite } from "../../src/page/invite";
import type { Bridge } from "../../src/telegram/bridge";
import { WebApp } from "../../src/telegram/webapp";
import type { InviteState } from "../../src/ui/model";

const LINK = "https://t.me/tap_bot?startapp=ref_abc";

/** A client whose answers to events are given by `answer`. */
function client(version: string, answer: (event: string) => [string, object] | null): { app: WebApp; sent: string[] } {
  const sent: string[] = [];
  const runs = new Map<string, (data: Record<string, unknown>) => void>();
  const bridge: Bridge = {
    available: version !== "",
    on(event, run) {
      runs.set(event, run);
      return () => void runs.delete(event);
    },
    post(event, data) {
      sent.push(`${event} ${JSON.stringify(data)}`);
      const [answering, said] = answer(event) ?? ["", {}];
      queueMicrotask(() => runs.get(answering)?.(said as Record<string, unknown>));
    },
  };
  return { app: new WebApp(bridge, version, "tdesktop"), sent };
}

describe("Invite", () => {
  const share = vi.fn<(data: ShareData) => Promise<void>>();
  let states: InviteState[];
  let waits: number[];
  beforeEach(() => {
    states = [];
    waits = [];
    share.mockReset();
  });
  afterEach(() => vi.unstubAllGlobals());

  const invite = (app: WebApp, given: Partial<ConstructorParameters<typeof Invite>[0]> = {}) =>
    new Invite({
      app,
      link: () => LINK,
      text: () => "Tap!",
      prepare: () => Promise.resolve({ prepared_message_id: "p1", expires_at_s: 1 }),
      copy: () => Promise.resolve(true),
      wait: (ms) => Promise.resolve(void waits.push(ms)),
      onState: (state) => states.push(state),
      ...given,
    });
  const failing = (error: string) => (event: string): [string, object] | null =>
    event === "web_app_send_prepared_message" ? ["prepared_message_failed", { error }] : null;

  test("the score card is shared if the client can share messages", async () => {
    const { app, sent } = client("8.0", () => ["prepared_message_sent", {}]);
    await invite(app).share();
    expect(sent).toEqual(['web_app_send_prepared_message {"id":"p1"}']);
    expect(states).toEqual(["busy", "shared"]);
  });

  test("a player who cancels is offered nothing else", async () => {
    const { app, sent } = client("8.0", failing("USER_DECLINED"));
    await invite(app).share();
    expect(sent).toHaveLength(1);
    expect(states).toEqual(["busy", "idle"]);
  });

  test.each([
    ["an older client", client("7.10", () => null), {}],
    ["a card that has expired", client("8.0", failing("MESSAGE_EXPIRED")), {}],
    ["a game that can't prepare it", client("8.0", () => null), { prepare: () => Promise.reject(new Error("503")) }],
  ])("%s gets the link by Telegram's picker", async (_, { app, sent }, given) => {
    await invite(app, given).share();
    expect(sent.at(-1)).toContain("/share/url?url=https%3A%2F%2Ft.me%2Ftap_bot%3Fstartapp%3Dref_abc&text=Tap%21");
    expect(states).toEqual(["busy", "idle"]);
  });

  test("outside Telegram the system shares; where it can't, the link is copied", async () => {
    const { app } = client("", () => null);
    vi.stubGlobal("navigator", { share });
    share.mockResolvedValueOnce();
    await invite(app).share();
    expect(share).toHaveBeenCalledWith({ url: LINK, text: "Tap!" });
    share.mockRejectedValueOnce(new DOMException("closed", "AbortError"));
    await invite(app).share();
    share.mockRejectedValueOnce(new DOMException("forbidden", "NotAllowedError"));
    await invite(app).share();
    await invite(app, { copy: () => Promise.resolve(false) }).copy();
    expect(states.filter((state) => state !== "busy")).toEqual(["shared", "idle", "copied", "copy_failed"]);
  });

  test("a player who asks again at once waits for the card, but not for long", async () => {
    const { app, sent } = client("8.0", (event) => (event.includes("prepared") ? ["prepared_message_sent", {}] : null));
    const prepare = vi.fn(() => Promise.resolve({ prepared_message_id: "p2", expires_at_s: 1 }));
    prepare.mockRejectedValueOnce(new ApiError(429, "too_many_requests", "", {}, 3000));
    await invite(app, { prepare }).share();
    expect([sent.at(-1), waits]).toEqual(['web_app_send_prepared_message {"id":"p2"}', [3000]]);
    prepare.mockRejectedValueOnce(new ApiError(429, "too_many_requests", "", {}, 300_000));
    await invite(app, { prepare }).share();
    expect(sent.at(-1)).toContain("/share/url?");
    expect(waits).toEqual([3000]);
  });

  test("a second press during the first one does nothing", async () => {
    const prepare = vi.fn(() => Promise.resolve({ prepared_message_id: "p1", expires_at_s: 1 }));
    const { app } = client("8.0", () => ["prepared_message_sent", {}]);
    const inviting = invite(app, { prepare });
    await Promise.all([inviting.share(), inviting.share()]);
    expect(prepare).toHaveBeenCalledOnce();
  });
});
