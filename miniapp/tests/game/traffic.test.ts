import { afterEach, expect, test, vi } from "vitest";
import { Engine } from "../../src/game/engine";
import { LeaderboardPoller } from "../../src/game/leaderboard-poller";
import { LocalSessionStorage } from "../../src/game/local-session-storage";
import type { EconomyParts } from "../../src/page/economy";
import { FakeClock, FakeLocks, FakeServer, FakeStore } from "../support/fakes";
import { entryOf, leaderboardOf } from "../support/leaderboards";

/**
 * What one player's page sends in an hour, played by the page's own modules on a clock that nobody waits for. The
 * numbers are in docs/traffic.json, from which `make cost` computes the bill; `npm test -- -u` renews them.
 */

const HOUR_MS = 3600_000;
/** How long browsers keep the answer to a preflight, of the day that the template allows. */
const KEPT_MS = { webkit: 600_000, chromium: 7200_000 };
const BOARD_EVERY_MS = 5000;
const LATENCY_MS = 150;
const TAPS_PER_S = 5;

interface Player {
  flush_every_ms: number;
  /** In turns: half of each minute. */
  taps: "always" | "in turns" | "never";
  shows: "the button" | "the board" | "the board of the day";
}

/** The goals of a player who has checked in and has nothing to claim. */
const NOTHING_DUE = {
  ready: 0,
  day: { ends_at_ms: 8.64e15, missions: [] },
  week: { ends_at_ms: 8.64e15, missions: [], chest: { state: "open" } },
  achievements: [],
  streak: { due: false, tapped: true, zone: "UTC", next_at_ms: 8.64e15 },
  season: null,
  next_season: null,
  league: null,
};

interface Counts {
  [name: string]: number;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** The wallet beside the game, as the page starts it, with what it asks for; each in modules of its own, as pages are. */
async function walletOf(clock: FakeClock) {
  vi.resetModules();
  vi.stubGlobal("document", { hidden: false, addEventListener: () => undefined, body: { style: {}, dataset: {} } });
  const [{ showState, status }, { startEconomy }] = await Promise.all([import("../../src/ui/model"), import("../../src/page/economy")]);
  const asked: string[] = [];
  const readOwn = async (_: string, path: string) => {
    asked.push(path);
    await new Promise<void>((resolve) => clock.after(LATENCY_MS, resolve));
    const of_wallet = { now_ms: clock.now(), catalogue: "1", draws: { server_seed_hash: "1" } };
    if (path === "/progress") return { now_ms: clock.now(), catalogue: "1", ...NOTHING_DUE };
    return path === "/economy" ? of_wallet : { version: "1" };
  };
  const start = (engine: Pick<Engine, "sessionToken">, store = new FakeStore()) => {
    const api = { readOwn, command: () => Promise.reject(new Error("nobody asks for anything")) } as unknown as EconomyParts["api"];
    startEconomy({ api, engine, store, owner: "1" });
  };
  return { asked, start, showState, isOnline: () => status.value === "online" };
}

async function play({ flush_every_ms, taps, shows }: Player): Promise<Counts> {
  const clock = new FakeClock();
  const server = new FakeServer(clock);
  server.flush_every_ms = flush_every_ms;
  server.latency_ms = LATENCY_MS;
  let [boards, ranks, brought] = [0, 0, 0];
  const wallet = await walletOf(clock);
  const publish = () => {
    const version = clock.now();
    server.boards = [...server.boards, leaderboardOf(version, [entryOf(1, "p", version)])].slice(-16);
    clock.after(BOARD_EVERY_MS, publish);
  };
  publish();
  const poller = new LeaderboardPoller({
    clock,
    random: () => 0.5,
    async load() {
      boards += 1;
      return { leaderboard: server.boards.at(-1) ?? null, etag: null };
    },
    async loadRank() {
      ranks += 1;
      return { rank: 99, clicks: 1, around: [] };
    },
    onState: () => undefined,
  });
  const storage = new LocalSessionStorage({
    store: new FakeStore(),
    clock,
    owner: "1",
    newId: () => "s1",
    tryLock: new FakeLocks().page(1),
  });
  const engine = new Engine({
    api: server,
    clock,
    random: () => 0.5,
    storage,
    init_data: "signed",
    board: {
      since: () => poller.since(),
      answered(since, answer) {
        if (answer.board) brought += 1;
        poller.answered(since, answer);
      },
    },
    onState: wallet.showState,
    onNotice: () => undefined,
  });
  poller.setOnScreen(shows !== "the button");
  if (shows === "the board of the day") poller.setPeriod("day");
  await engine.start();
  let started = false;
  for (let at_ms = 0; at_ms < HOUR_MS; at_ms += 1000) {
    const tapping = taps === "always" || (taps === "in turns" && at_ms % 60_000 < 30_000);
    if (!started && wallet.isOnline()) {
      started = true;
      wallet.start(engine);
    }
    for (let tap = 0; tapping && tap < TAPS_PER_S; tap++) engine.tap();
    await clock.pass(1000);
  }
  const of = (name: string) => server.requests.filter(({ call }) => call === name);
  return {
    sessions: of("open").length,
    clicks: of("clicks").length,
    heartbeats: of("heartbeat").length,
    changes: brought,
    boards,
    ranks,
    wallets: wallet.asked.filter((path) => path === "/economy").length,
    progress: wallet.asked.filter((path) => path === "/progress").length,
    catalogues: wallet.asked.filter((path) => path === "/catalogue/{version}").length,
    preflights_webkit: preflights(server, KEPT_MS.webkit),
    preflights_chromium: preflights(server, KEPT_MS.chromium),
  };
}

/** How often a browser asks whether it may call the functions' own addresses. */
function preflights(server: FakeServer, kept_ms: number): number {
  let asked = 0;
  for (const url of ["clicks", "heartbeat"]) {
    let until = Number.NEGATIVE_INFINITY;
    for (const { call, at_ms } of server.requests) {
      if (call !== url || at_ms < until) continue;
      asked += 1;
      until = at_ms + kept_ms;
    }
  }
  return asked;
}

test("what a page sends in an hour is what docs/traffic.json says", async () => {
  const counts: Record<string, Counts> = {};
  for (const flush_every_ms of [1000, 5000, 15_000]) {
    for (const shows of ["the button", "the board", "the board of the day"] as const) {
      counts[`taps always, shows ${shows}, every ${flush_every_ms} ms`] = await play({ flush_every_ms, taps: "always", shows });
    }
    counts[`taps in turns, shows the button, every ${flush_every_ms} ms`] = await play({ flush_every_ms, taps: "in turns", shows: "the button" });
    counts[`taps never, shows the board, every ${flush_every_ms} ms`] = await play({ flush_every_ms, taps: "never", shows: "the board" });
  }
  const lines = Object.entries(counts).map(([player, count]) => `  ${JSON.stringify(player)}: ${JSON.stringify(count)}`);
  await expect(`{\n${lines.join(",\n")}\n}\n`).toMatchFileSnapshot("../../../docs/traffic.json");
}, 600_000);

test("a page that starts again within three hours shows the wallet and the goals that it has read", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const store = new FakeStore();
  const reads = [];
  for (const hours of [0, 1, 1.9, 0.2, 2.9]) {
    vi.setSystemTime(Date.now() + hours * HOUR_MS);
    const clock = new FakeClock();
    const wallet = await walletOf(clock);
    const state = { status: "online", player: { id: "p" }, paid: { paid_taps: 5, energy: { full: 30, every_ms: 2000 }, full_at: 0 } };
    wallet.showState({ pending: 0, ...state } as unknown as Parameters<typeof wallet.showState>[0]);
    wallet.start({ sessionToken: "t" }, store);
    await clock.pass(1000);
    reads.push(["/economy", "/progress"].map((path) => wallet.asked.filter((one) => one === path).length));
  }
  expect(reads).toEqual([[1, 1], [0, 0], [0, 0], [1, 1], [0, 0]]);
});
