import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Draws, openCrates, seedHash, type Crate, type Rarity, type Seeds } from "../../src/economy/draws";

interface Item {
  id: string;
  rarity: Rarity;
}
interface Numbers extends Seeds {
  seed_hash: string;
  bounds: string[];
  numbers: string[];
}
interface OpenedExample extends Seeds {
  crate: string;
  misses: number;
  count: number;
  drops: [string, number][];
  misses_after: number;
}

/** Written by the server's rules (tests/support/draw_examples.py). */
const examples: { items: (Item & Crate)[]; numbers: Numbers[]; opened: OpenedExample[] } = JSON.parse(
  readFileSync(new URL("draws.json", import.meta.url), "utf8"),
);
const rarityOf = (id: string) => examples.items.find((item) => item.id === id)?.rarity;

describe("agrees with the server", () => {
  test.each(examples.numbers)("on the numbers of $server_seed:$client_seed:$nonce", async ({ bounds, numbers, seed_hash, ...seeds }) => {
    const draws = await Draws.of(seeds);
    const found: string[] = [];
    for (const bound of bounds) found.push(String(await draws.below(BigInt(bound))));
    expect(found).toEqual(numbers);
    expect(await seedHash(seeds.server_seed)).toBe(seed_hash);
  });

  test.each(examples.opened)("on $count of $crate after $misses misses, nonce $nonce", async (example) => {
    const crate = examples.items.find((item) => item.id === example.crate) as Crate;
    const opened = await openCrates(crate, example.count, example.misses, rarityOf, await Draws.of(example));
    expect(opened.drops.map((drop) => [drop.item ?? drop.currency, drop.count ?? 1])).toEqual(example.drops);
    expect(opened.misses).toBe(example.misses_after);
  });
});
