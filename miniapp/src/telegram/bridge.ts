/**
 * Exchanges Telegram's web events with the client that shows the page.
 *
 * Rules: https://core.telegram.org/api/web-events and https://core.telegram.org/api/bots/webapps.
 * Telegram's own script does the same in some 30 KB more; this one loads nothing from another host.
 */

export interface Bridge {
  /** False if no Telegram client listens, as in a plain browser tab. */
  readonly available: boolean;
  post(event: string, data?: object): void;
  /** Calls `run` with the data of each such event; the returned function unsubscribes. */
  on(event: string, run: (data: Record<string, unknown>) => void): () => void;
}

type Receiver = (event: string, data: unknown) => void;

/** What clients set, or look for, on the page's window. */
export interface TelegramWindow extends Pick<Window, "addEventListener"> {
  TelegramWebviewProxy?: { postEvent(event: string, data: string): void };
  external?: unknown;
  parent: unknown;
  Telegram?: { WebView?: { receiveEvent: Receiver } };
  TelegramGameProxy?: { receiveEvent: Receiver };
  TelegramGameProxy_receiveEvent?: Receiver;
}

type Post = (event: string, data: object) => void;

function poster(window: TelegramWindow): Post | null {
  const proxy = window.TelegramWebviewProxy;
  if (proxy) return (event, data) => proxy.postEvent(event, JSON.stringify(data));
  const external = window.external as { notify?: (message: string) => void } | undefined;
  if (external && typeof external.notify === "function") {
    return (eventType, eventData) => external.notify?.(JSON.stringify({ eventType, eventData }));
  }
  const parent = window.parent as Window | undefined;
  if (!parent || parent === (window as unknown)) return null;
  // Web clients have several origins, and nothing posted is secret, so any parent may receive it.
  return (eventType, eventData) => parent.postMessage(JSON.stringify({ eventType, eventData }), "*");
}

export function createBridge(window: TelegramWindow): Bridge {
  const post = poster(window);
  const listeners = new Map<string, Set<(data: Record<string, unknown>) => void>>();
  const receive: Receiver = (event, data) => {
    const given = typeof data === "object" && data !== null ? (data as Record<string, unknown>) : {};
    for (const run of [...(listeners.get(event) ?? [])]) run(given);
  };
  // Each client calls a different one of these.
  window.Telegram = { ...window.Telegram, WebView: { ...window.Telegram?.WebView, receiveEvent: receive } };
  window.TelegramGameProxy = { ...window.TelegramGameProxy, receiveEvent: receive };
  window.TelegramGameProxy_receiveEvent = receive;
  window.addEventListener("message", (message) => {
    if (message.source !== window.parent || typeof message.data !== "string") return;
    try {
      const { eventType, eventData } = JSON.parse(message.data) as { eventType?: unknown; eventData?: unknown };
      if (typeof eventType === "string") receive(eventType, eventData);
    } catch {
      // Not a message of Telegram's.
    }
  });
  return {
    available: post !== null,
    post: (event, data = {}) => post?.(event, data),
    on(event, run) {
      const runs = listeners.get(event) ?? new Set();
      listeners.set(event, runs.add(run));
      return () => void runs.delete(run);
    },
  };
}

/** Whether `version` ("8.0") is at least `needed`. */
export function isVersionAtLeast(version: string, needed: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [needed_major = 0, needed_minor = 0] = needed.split(".").map(Number);
  return major > needed_major || (major === needed_major && minor >= needed_minor);
}
