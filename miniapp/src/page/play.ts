import { computed, effect } from "@preact/signals";
import type { Api } from "../api/client";
import type { CloudBackup } from "../game/cloud-backup";
import { browserClock as clock } from "../game/clock";
import { Engine } from "../game/engine";
import type { KeyValueStore } from "../game/key-value-store";
import { LeaderboardPoller } from "../game/leaderboard-poller";
import { LocalSessionStorage } from "../game/local-session-storage";
import { LeaseLocks, webLocks } from "../game/page-lock";
import { RivalWatch } from "../game/rival";
import { board, lastRank, leaderboardState, playerId, showNotice, showOpened, showState, tab } from "../ui/model";
import { uploadOrphanedSessions } from "./orphaned-sessions";
import { newId } from "./storage";

export interface PlayParts {
  api: Api;
  init_data: string;
  /** The player's id: several players may share a device. */
  owner: string;
  store: KeyValueStore;
  cloud_backup: CloudBackup;
}

export interface Play {
  engine: Engine;
  storage: LocalSessionStorage;
  leaderboard: LeaderboardPoller;
  rivals: RivalWatch;
}

const PUBLISH_EVERY_MS = 1000;
/** Where the leaderboard stands beside the game, as in style.css. */
const WIDE = "(min-width: 52rem) and (min-height: 30.01rem)";

/** Builds the engine, connects it to the page's lifecycle, and starts it. */
export function startPlay(parts: PlayParts): Play {
  const { api, store, owner, init_data, cloud_backup } = parts;
  const leases = navigator.locks ? null : new LeaseLocks(store, clock, newId());
  const tryLock = leases?.tryLock ?? webLocks(navigator.locks);
  const storage = new LocalSessionStorage({
    store,
    clock,
    newId,
    tryLock,
    owner,
    onSave: (record) => cloud_backup.onSave(record, document.hidden),
  });
  const leaderboard = pollLeaderboard(api, () => engine.sessionToken);
  const engine = new Engine({
    api,
    clock,
    random: Math.random,
    storage,
    init_data,
    board: leaderboard,
    onState: showState,
    onNotice: showNotice,
    onOpened: showOpened,
  });
  const rivals = watchRivals(api, engine);

  addEventListener("online", () => engine.networkRestored());
  addEventListener("offline", () => engine.networkLost());
  addEventListener("pagehide", () => {
    engine.flushNow();
    leases?.release();
  });
  // Restored from the back/forward cache: another page may play this session by now.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  document.addEventListener("visibilitychange", () => engine.setVisible(!document.hidden));
  setInterval(() => !document.hidden && engine.publish(), PUBLISH_EVERY_MS);
  void engine.start();
  uploadOrphanedSessions({ api, init_data, engine, storage, cloud_backup });
  return { engine, storage, leaderboard, rivals };
}

function pollLeaderboard(api: Api, sessionToken: () => string | null): LeaderboardPoller {
  const leaderboard = new LeaderboardPoller({
    clock,
    random: Math.random,
    load: (period, etag) => api.leaderboard(period, etag),
    async loadRank(period) {
      const token = sessionToken();
      return token === null ? null : api.ownRank(token, period);
    },
    onState: (state) => (leaderboardState.value = state),
  });
  const wide = matchMedia(WIDE);
  const update = () => {
    const chosen = board.value === "all"; // The league and the friends' board are loaded by their own screens.
    leaderboard.setOnScreen(!document.hidden && chosen && (tab.value === "board" || wide.matches));
  };
  effect(update);
  wide.addEventListener("change", update);
  document.addEventListener("visibilitychange", update);
  effect(() => {
    if (playerId.value !== undefined) leaderboard.reload(); // Signed in: now the player's rank can be loaded.
  });
  return leaderboard;
}

/** Follows the player's rank; what the leaderboard on the screen loads anyway is not asked for again. */
function watchRivals(api: Api, engine: Engine): RivalWatch {
  const rivals = new RivalWatch({
    clock,
    async load() {
      const token = engine.sessionToken;
      return token === null ? null : api.ownRank(token, "all");
    },
    onRank: (own) => (lastRank.value = own),
  });
  const loaded = computed(() => (leaderboardState.value.period === "all" ? leaderboardState.value.rank : null));
  effect(() => {
    if (loaded.value) rivals.learn(loaded.value);
  });
  effect(() => {
    if (playerId.value !== undefined) rivals.opened();
  });
  return rivals;
}
