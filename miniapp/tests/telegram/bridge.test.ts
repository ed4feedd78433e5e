import { describe, expect, test, vi } from "vitest";
import { createBridge, isVersionAtLeast } from "../../src/telegram/bridge";
import { fakeWindow } from "../support/telegram-window";

describe("bridge", () => {
  test("a plain tab has no client", () => {
    const bridge = createBridge(fakeWindow().window);
    expect(bridge.available).toBe(false);
    expect(() => bridge.post("web_app_ready")).not.toThrow();
  });

  test("phones: the proxy gets the data as JSON", () => {
    const postEvent = vi.fn();
    const bridge = createBridge(fakeWindow({ TelegramWebviewProxy: { postEvent } }).window);
    bridge.post("web_app_setup_back_button", { is_visible: true });
    expect(postEvent).toHaveBeenCalledWith("web_app_setup_back_button", '{"is_visible":true}');
  });

  test("desktop: external.notify gets one message", () => {
    const notify = vi.fn();
    createBridge(fakeWindow({ external: { notify } }).window).post("web_app_ready");
    expect(notify).toHaveBeenCalledWith('{"eventType":"web_app_ready","eventData":{}}');
  });

  test("web: the parent gets it, and only the parent's messages are received", () => {
    const parent = { postMessage: vi.fn() };
    const { window, dispatch } = fakeWindow({ parent });
    const bridge = createBridge(window);
    const received = vi.fn();
    const end = bridge.on("theme_changed", received);
    bridge.post("web_app_ready");
    expect(parent.postMessage).toHaveBeenCalledWith('{"eventType":"web_app_ready","eventData":{}}', "*");
    const data = JSON.stringify({ eventType: "theme_changed", eventData: { a: 1 } });
    dispatch({ source: {}, data });
    dispatch({ source: parent, data: "not JSON" });
    dispatch({ source: parent, data: { eventType: "theme_changed" } });
    expect(received).not.toHaveBeenCalled();
    dispatch({ source: parent, data });
    end();
    dispatch({ source: parent, data });
    expect(received.mock.calls).toEqual([[{ a: 1 }]]);
  });

  test("native clients call the receivers on the window", () => {
    const { window } = fakeWindow();
    const received = vi.fn();
    createBridge(window).on("back_button_pressed", received);
    window.Telegram?.WebView?.receiveEvent("back_button_pressed", null);
    window.TelegramGameProxy?.receiveEvent("back_button_pressed", undefined);
    window.TelegramGameProxy_receiveEvent?.("back_button_pressed", {});
    expect(received).toHaveBeenCalledTimes(3);
  });
});

test("versions compare by number, not by text", () => {
  expect(isVersionAtLeast("6.10", "6.9")).toBe(true);
  expect(isVersionAtLeast("6.9", "6.10")).toBe(false);
  expect(isVersionAtLeast("10.0", "9.1")).toBe(true);
  expect(isVersionAtLeast("7", "7.0")).toBe(true);
});
