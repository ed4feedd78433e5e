import { describe, expect, test, vi } from "vitest";
import { createBridge, isVersionAtLeast, type TelegramWindow } from "../src/telegram/bridge";
import { CloudStorage } from "../src/telegram/cloud";
import { contrast, palette, readable } from "../src/telegram/theme";
import { WebApp } from "../src/telegram/webapp";

type Message = { source: unknown; data: unknown };

/** A page's window as one of Telegram's clients leaves it. */
function fakeWindow(extra: object = {}) {
  const heard: ((message: Message) => void)[] = [];
  const window = { addEventListener: (_: string, run: (message: Message) => void) => heard.push(run), ...extra };
  if (!("parent" in window)) Object.assign(window, { parent: window });
  const say = (message: Message) => heard.forEach((run) => run(message));
  return { window: window as unknown as TelegramWindow, say };
}

describe("bridge", () => {
  test("a plain tab has nobody to talk to", () => {
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

  test("web: the parent gets it, and only the parent is heard", () => {
    const parent = { postMessage: vi.fn() };
    const { window, say } = fakeWindow({ parent });
    const bridge = createBridge(window);
    const heard = vi.fn();
    const end = bridge.on("theme_changed", heard);
    bridge.post("web_app_ready");
    expect(parent.postMessage).toHaveBeenCalledWith('{"eventType":"web_app_ready","eventData":{}}', "*");
    const data = JSON.stringify({ eventType: "theme_changed", eventData: { a: 1 } });
    say({ source: {}, data });
    say({ source: parent, data: "not JSON" });
    say({ source: parent, data: { eventType: "theme_changed" } });
    expect(heard).not.toHaveBeenCalled();
    say({ source: parent, data });
    end();
    say({ source: parent, data });
    expect(heard.mock.calls).toEqual([[{ a: 1 }]]);
  });

  test("native clients call the receivers on the window", () => {
    const { window } = fakeWindow();
    const heard = vi.fn();
    createBridge(window).on("back_button_pressed", heard);
    window.Telegram?.WebView?.receiveEvent("back_button_pressed", null);
    window.TelegramGameProxy?.receiveEvent("back_button_pressed", undefined);
    window.TelegramGameProxy_receiveEvent?.("back_button_pressed", {});
    expect(heard).toHaveBeenCalledTimes(3);
  });
});

test("versions compare by number, not by text", () => {
  expect(isVersionAtLeast("6.10", "6.9")).toBe(true);
  expect(isVersionAtLeast("6.9", "6.10")).toBe(false);
  expect(isVersionAtLeast("10.0", "9.1")).toBe(true);
  expect(isVersionAtLeast("7", "7.0")).toBe(true);
});

describe("WebApp", () => {
  function at(version: string) {
    const post = vi.fn();
    const { window } = fakeWindow({ TelegramWebviewProxy: { postEvent: post } });
    const app = new WebApp(createBridge(window), version, "android");
    const answer = (event: string, data: object) => window.Telegram?.WebView?.receiveEvent(event, data);
    return { app, post, answer, names: () => post.mock.calls.map(([name]) => name as string) };
  }

  test("asks an old client only for what it knows", () => {
    const { app, names } = at("6.0");
    app.ready();
    expect(app.impact()).toBe(false);
    app.confirmClosing(true);
    expect(names()).toEqual(["iframe_ready", "web_app_ready", "web_app_expand"]);
  });

  test("leaves swipes to the game where the client can", () => {
    const { app, post } = at("9.1");
    app.ready();
    expect(post).toHaveBeenCalledWith("web_app_setup_swipe_behavior", '{"allow_vertical_swipe":false}');
  });

  test("cloud storage reads what has the prefix, and says when Telegram fails", async () => {
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

describe("theme", () => {
  const themes: Record<string, Record<string, string>> = {
    "Telegram's default day": {
      bg_color: "#ffffff", secondary_bg_color: "#efeff3", text_color: "#000000", hint_color: "#999999",
      link_color: "#2481cc", button_color: "#2481cc", button_text_color: "#ffffff",
    },
    "Telegram's default night": {
      bg_color: "#17212b", secondary_bg_color: "#232e3c", text_color: "#f5f5f5", hint_color: "#708499",
      link_color: "#6ab3f3", button_color: "#5288c1", button_text_color: "#ffffff",
    },
    "a hostile one": { bg_color: "#808080", text_color: "#808080", hint_color: "#7f7f7f", button_color: "#ffff00" },
    none: {},
    nonsense: { bg_color: "red", text_color: "url(x)" },
  };

  test.each(Object.entries(themes))("%s: every text can be read", (_, theme) => {
    for (const system of ["light", "dark"] as const) {
      const colors = palette(theme, system);
      for (const ground of [colors.bg, colors.card]) {
        for (const text of [colors.text, colors.hint, colors.link, colors.danger]) {
          expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
        }
      }
      expect(contrast(colors.accent, colors["accent-text"])).toBeGreaterThanOrEqual(4.5);
    }
  });

  test("follows Telegram's scheme, else the system's", () => {
    expect(palette(themes["Telegram's default night"]!, "light").scheme).toBe("dark");
    expect(palette({}, "dark").scheme).toBe("dark");
  });

  test("a colour that can be read stays as it is", () => {
    expect(readable("#123456", ["#ffffff"])).toBe("#123456");
  });
});
