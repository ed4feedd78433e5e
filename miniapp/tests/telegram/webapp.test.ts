import { describe, expect, test, vi } from "vitest";
import { createBridge } from "../../src/telegram/bridge";
import { CloudStorage } from "../../src/telegram/cloud";
import { WebApp } from "../../src/telegram/webapp";
import { fakeWindow } from "../support/telegram-window";

describe("WebApp", () => {
  function at(version: string) {
    const post = vi.fn();
    const { window } = fakeWindow({ TelegramWebviewProxy: { postEvent: post } });
    const app = new WebApp(createBridge(window), version, "android");
    const answer = (event: string, data: object) => window.Telegram?.WebView?.receiveEvent(event, data);
    return { app, post, answer, names: () => post.mock.calls.map(([name]) => name as string) };
  }

  test("uses no feature that an old client lacks", () => {
    const { app, names } = at("6.0");
    app.ready();
    expect(app.impact()).toBe(false);
    app.confirmClosing(true);
    expect(names()).toEqual(["iframe_ready", "web_app_ready", "web_app_expand"]);
  });

  test("asks clients that support it to leave swipes to the game", () => {
    const { app, post } = at("9.1");
    app.ready();
    expect(post).toHaveBeenCalledWith("web_app_setup_swipe_behavior", '{"allow_vertical_swipe":false}');
  });

  test("cloud storage reads keys by prefix, and throws when Telegram fails", async () => {
    const { app, post, answer } = at("9.1");
    const cloud = new CloudStorage(app);
    const reply = (result: unknown, error?: string) => {
      const { req_id } = JSON.parse(post.mock.calls.at(-1)?.[1] as string) as { req_id: string };
      answer("custom_method_invoked", { req_id: "another", result: "wrong" });
      answer("custom_method_invoked", error ? { req_id, error } : { req_id, result });
    };
    const found = cloud.all("session_");
    reply(["other", "session_a"]);
    await Promise.resolve();
    await new Promise((done) => setTimeout(done));
    reply({ session_a: "1" });
    expect([...(await found)]).toEqual([["session_a", "1"]]);
    const failing = cloud.set("k", "v");
    reply(null, "VALUE_TOO_LONG");
    await expect(failing).rejects.toThrow("VALUE_TOO_LONG");
  });
});
