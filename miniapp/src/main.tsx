import { effect } from "@preact/signals";
import { render } from "preact";
import { Api, apiBase } from "./api/client";
import type { Leaderboard } from "./api/types";
import { browserClock } from "./game/clock";
import { Engine } from "./game/engine";
import { lockClaim } from "./game/claims";
import { StoredSessions } from "./game/home";
import { t } from "./i18n";
import { retrieveLaunch } from "./telegram/launch";
import { App, Explain } from "./ui/app";
import { board, boardFailed, boardVersion, showNotice, showState } from "./ui/model";

function storage(kind: "localStorage" | "sessionStorage"): Storage | null {
  try {
    return window[kind];
  } catch {
    return null; // Forbidden in this frame.
  }
}

function memoryStore(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
    key: (index) => [...items.keys()][index] ?? null,
    get length() {
      return items.size;
    },
  };
}

function keepBoardFresh(api: Api): void {
  let etag: string | null = null;
  const load = async () => {
    try {
      const answer = await api.request<Leaderboard>("GET", "/leaderboard", { etag });
      etag = answer.etag ?? etag;
      if (answer.body) board.value = answer.body;
      boardFailed.value = false;
    } catch {
      boardFailed.value = true;
    }
  };
  let shown: number | null | undefined;
  effect(() => {
    if (boardVersion.value === shown) return;
    shown = boardVersion.value;
    void load();
  });
}

function start(root: HTMLElement): void {
  const launch = retrieveLaunch(location.hash, storage("sessionStorage"));
  if (!launch.init_data) {
    render(<Explain title={t("no_launch_title")} text={t("no_launch_text")} />, root);
    return;
  }
  const base = apiBase(import.meta.env["VITE_API_BASE"] as string | undefined, location);
  const api = new Api({ base, fetch: (input, init) => fetch(input, init) });
  const home = new StoredSessions({
    store: storage("localStorage") ?? memoryStore(),
    clock: browserClock,
    newId: () => crypto.randomUUID(),
    claim: lockClaim(navigator.locks),
    owner: launch.user.id,
  });
  const engine = new Engine({
    api,
    clock: browserClock,
    random: Math.random,
    home,
    init_data: launch.init_data,
    onState: showState,
    onNotice: showNotice,
  });
  const rename = async (username: string) => {
    engine.renamed(await api.rename(engine.sessionToken ?? "", username));
  };
  addEventListener("online", () => engine.networkBack());
  addEventListener("offline", () => engine.networkLost());
  addEventListener("pagehide", () => engine.flushLast());
  document.addEventListener("visibilitychange", () => engine.setVisible(!document.hidden));
  const onTap = () => engine.tap();
  render(<App onTap={onTap} rename={rename} />, root);
  keepBoardFresh(api);
  void engine.start();
}

start(document.getElementById("app") as HTMLElement);
