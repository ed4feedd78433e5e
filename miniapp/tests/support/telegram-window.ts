import type { TelegramWindow } from "../../src/telegram/bridge";

type Message = { source: unknown; data: unknown };

/** A page's window as one of Telegram's clients leaves it. */
export function fakeWindow(extra: object = {}) {
  const listeners: ((message: Message) => void)[] = [];
  const window = { addEventListener: (_: string, run: (message: Message) => void) => listeners.push(run), ...extra };
  if (!("parent" in window)) Object.assign(window, { parent: window });
  const dispatch = (message: Message) => listeners.forEach((run) => run(message));
  return { window: window as unknown as TelegramWindow, dispatch };
}
