import { effect } from "@preact/signals";
import type { Api } from "../api/client";
import type { Leaderboard, Standing } from "../api/types";
import { BoardKeeper } from "../game/board-keeper";
import { Leases, lockClaim } from "../game/claims";
import { browserClock as clock } from "../game/clock";
import type { SessionRecord } from "../game/counter";
import { drain } from "../game/drain";
import { Engine } from "../game/engine";
import { StoredSessions } from "../game/home";
import type { SecondHome } from "../game/second-home";
import { boardState, boardVersion, playerId, showNotice, showState, status, tab } from "../ui/model";
import { newId } from "./storage";

export interface PlayParts {
  api: Api;
  init_data: string;
  /** Whose sessions these are, on this device. */
  owner: string;
  store: Storage;
  second_home: SecondHome;
}

export interface Play {
  engine: Engine;
  home: StoredSessions;
  boards: BoardKeeper;
}

const WATCH_EVERY_MS = 1000;
const WIDE = "(min-width: 52rem)";

/** Puts the engine together, ties it to the page's life, and starts it. */
export function startPlay(parts: PlayParts): Play {
  const { api, store, owner, init_data, second_home } = parts;
  const leases = navigator.locks ? null : new Leases(store, clock, newId());
  const claim = leases?.claim ?? lockClaim(navigator.locks);
  const home = new StoredSessions({
    store,
    clock,
    newId,
    claim,
    owner,
    onSave: (record) => second_home.saved(record, document.hidden),
  });
  const engine = new Engine({
    api,
    clock,
    random: Math.random,
    home,
    init_data,
    onState: showState,
    onNotice: showNotice,
  });
  const boards = keepBoards(api, engine);

  addEventListener("online", () => engine.networkBack());
  addEventListener("offline", () => engine.networkLost());
  addEventListener("pagehide", () => {
    engine.flushLast();
    leases?.release();
  });
  // Brought back from the browser's cache: another page may play this session by now.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  document.addEventListener("visibilitychange", () => engine.setVisible(!document.hidden));
  setInterval(() => !document.hidden && engine.publish(), WATCH_EVERY_MS);
  void engine.start();
  bringStrays({ api, init_data, engine, home, second_home });
  return { engine, home, boards };
}

const queryOf = (period: string) => (period === "all" ? "" : `?period=${period}`);

function keepBoards(api: Api, engine: Engine): BoardKeeper {
  const boards = new BoardKeeper({
    clock,
    random: Math.random,
    async load(period, etag) {
      const answer = await api.request<Leaderboard>("GET", `/leaderboard${queryOf(period)}`, { etag });
      return { board: answer.body, etag: answer.etag ?? etag };
    },
    async loadStanding(period) {
      const token = engine.sessionToken;
      if (token === null) return null;
      return api.json<Standing>("GET", `/leaderboard/me${queryOf(period)}`, { authorization: `Bearer ${token}` });
    },
    onState: (state) => (boardState.value = state),
  });
  const wide = matchMedia(WIDE);
  const look = () => boards.setSeen(!document.hidden && (tab.value === "board" || wide.matches));
  effect(look);
  wide.addEventListener("change", look);
  document.addEventListener("visibilitychange", look);
  effect(() => boards.announce(boardVersion.value));
  effect(() => {
    if (playerId.value !== undefined) boards.reload(); // Signed in: now the own place can be asked for.
  });
  return boards;
}

interface Strays {
  api: Api;
  init_data: string;
  engine: Engine;
  home: StoredSessions;
  second_home: SecondHome;
}

const LOOK_EVERY_MS = 60_000;

/** Brings unsent taps of closed tabs and lost devices to the server, whenever it answers. */
function bringStrays({ api, init_data, engine, home, second_home }: Strays): void {
  let busy = false;
  let looked_at_cloud = false;
  const bring = async (record: SessionRecord, onProgress: (record: SessionRecord) => void) => {
    await drain(record, { api, clock, init_data, pace: engine.pace, onProgress });
  };
  const look = async () => {
    if (busy || status.peek() !== "online") return;
    busy = true;
    try {
      for (const record of await home.orphans()) await bring(record, (now) => home.write(now));
      if (looked_at_cloud) return;
      looked_at_cloud = true;
      for (const record of await second_home.copies()) {
        if (home.read(record.session_id)) continue; // This device has it, and newer.
        await bring(record, () => undefined);
        second_home.drop(record.session_id);
      }
    } catch {
      // Still stored: the next look tries again.
    } finally {
      busy = false;
    }
  };
  effect(() => {
    if (status.value === "online") void look();
  });
  setInterval(() => void look(), LOOK_EVERY_MS);
}
