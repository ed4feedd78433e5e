import { vi } from "vitest";
import { createBridge } from "../../src/telegram/bridge";
import { WebApp } from "../../src/telegram/webapp";
import { fakeWindow } from "./telegram-window";

/** The widgets of an Android client of that version, and what the page posts to it. */
export function webAppAt(version: string) {
  const post = vi.fn();
  const { window } = fakeWindow({ TelegramWebviewProxy: { postEvent: post } });
  const app = new WebApp(createBridge(window), version, "android");
  const answer = (event: string, data: object) => window.Telegram?.WebView?.receiveEvent(event, data);
  return { app, post, answer, names: () => post.mock.calls.map(([name]) => name as string) };
}
