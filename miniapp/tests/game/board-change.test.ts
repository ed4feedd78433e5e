import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { BoardChange, Leaderboard } from "../../src/api/types";
import { changed } from "../../src/game/board-change";
import { changeOf, entryOf, leaderboardOf } from "../support/leaderboards";

const undated = (board: Leaderboard | null) => board && { ...board, generated_at_s: 0 };

/** Pseudo-random numbers below `n`, the same in each run. */
function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** A leaderboard as any other: of few players and names, so that places swap, empty and fill again. */
function anyBoard(version: number, roll: (n: number) => number): Leaderboard {
  const ids = [..."abcdefg"].filter(() => roll(3) > 0).sort(() => roll(3) - 1);
  const entries = ids.map((id, place) => {
    const entry = entryOf(place + 1, id, 100 - place - roll(2));
    const username = [null, "x", "y"][roll(3)] ?? null;
    return { ...entry, username, public_name: username ?? entry.public_name };
  });
  return { ...leaderboardOf(version, entries), total_clicks: roll(999), total_players: roll(9), active_players: roll(9), rebuilding: roll(4) === 0 };
}

describe("a change of the leaderboard", () => {
  test("whatever answers are lost, it makes the leaderboard that the server has", () => {
    for (let seed = 0; seed < 300; seed++) {
      const roll = dice(seed);
      const boards: Leaderboard[] = [];
      let shown: Leaderboard | null = null;
      for (let version = 1; version < 40; version++) {
        boards.push(anyBoard(version, roll));
        if (roll(3) === 0) continue; // Nobody asked, or the answer was lost.
        const now = boards.at(-1) as Leaderboard;
        const known = boards.slice(-8).find((board) => board.version === shown?.version); // As a server remembers them.
        shown = changed(shown, changeOf(now, known));
        expect(undated(shown)).toEqual(undated(now));
      }
    }
  });

  test("is read as the server writes it", () => {
    const path = new URL("../../../tests/fixtures/board_changes.json", import.meta.url);
    const cases = JSON.parse(readFileSync(path, "utf8")) as { since: Leaderboard | null; board: Leaderboard; change: BoardChange }[];
    expect(cases.length).toBeGreaterThan(4);
    for (const { since, board, change } of cases) expect(undated(changed(since, change))).toEqual(undated(board));
  });

  test("of a leaderboard that is not there is refused, unless it names everybody", () => {
    const was = leaderboardOf(1, [entryOf(1, "a", 5), entryOf(2, "b", 4)]);
    const now = leaderboardOf(2, [entryOf(1, "a", 6), entryOf(2, "c", 5)]);
    expect(changed(null, changeOf(now, was))).toBeNull();
    expect(undated(changed(null, changeOf(now)))).toEqual(now);
  });
});
