import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Catalogue, Proof } from "../../src/api/types";
import { seedHash, type Crate, type Rarity } from "../../src/economy/draws";
import { oddsOf, rareWithin } from "../../src/economy/odds";
import { checkProof, parseProof, rarityIn } from "../../src/economy/proof";

interface Example {
  crate: string;
  server_seed: string;
  client_seed: string;
  nonce: number;
  misses: number;
  count: number;
  drops: [string, number][];
}
type Item = Crate & { id: string; kind: string; rarity: Rarity };

/** Written by the server's rules (tests/support/draw_examples.py). */
const { items, opened }: { items: Item[]; opened: Example[] } = JSON.parse(
  readFileSync(new URL("draws.json", import.meta.url), "utf8"),
);
const catalogue = { version: "0123456789abcdef", items } as unknown as Catalogue;

async function proofOf({ drops, count: _, ...example }: Example): Promise<Proof> {
  return {
    ...example,
    op: "01930000-0000-7000-8000-000000000000",
    at_ms: 0,
    epoch: 0,
    catalogue: catalogue.version,
    server_seed_hash: await seedHash(example.server_seed),
    drops: drops.map(([what, count]) =>
      what === "coin" ? { item: null, currency: "coin", count } : { item: what, currency: null, count },
    ),
  };
}

const many = opened.filter((example) => example.count === 10);
const patient = many.find((example) => example.crate === "patient" && example.misses === 4) as Example;

describe("a proof", () => {
  test("of each example holds", async () => {
    for (const example of opened) expect(await checkProof(await proofOf(example), catalogue)).toBe("proven");
  });

  test("says nothing while the seed is secret", async () => {
    expect(await checkProof({ ...(await proofOf(patient)), server_seed: null }, catalogue)).toBe("sealed");
  });

  test("with another seed than the one that was promised is forged", async () => {
    const proof = await proofOf(patient);
    const other = (many.find((example) => example.server_seed !== patient.server_seed) as Example).server_seed;
    expect(await checkProof({ ...proof, server_seed: other }, catalogue)).toBe("forged_seed");
    expect(await checkProof({ ...proof, server_seed: "not hexadecimal" }, catalogue)).toBe("forged_seed");
  });

  test.each<[string, (proof: Proof) => Partial<Proof>]>([
    ["another nonce", (proof) => ({ nonce: proof.nonce + 1 })],
    ["another seed of the player's", () => ({ client_seed: "chosen later" })],
    ["another crate", () => ({ crate: "plain" })],
    ["a crate that is none", () => ({ crate: "common_one" })],
    ["other pity", () => ({ misses: 0 })],
    ["other things", ({ drops }) => ({ drops: [{ item: "rare_one", currency: null, count: 1 }, ...drops.slice(1)] })],
    ["more of a thing", ({ drops }) => ({ drops: drops.map((drop) => ({ ...drop, count: drop.count + 1 })) })],
    ["another order", ({ drops }) => ({ drops: [...drops].reverse() })],
    ["the odds of another catalogue", () => ({ catalogue: "fedcba9876543210" })],
  ])("of %s is forged", async (_, change) => {
    const proof = await proofOf(patient);
    expect(await checkProof({ ...proof, ...change(proof) }, catalogue)).toBe("forged_draw");
  });

  test("is read from pasted text, and other text is not", async () => {
    const proof = await proofOf(patient);
    expect(parseProof(JSON.stringify(proof))).toEqual(proof);
    for (const text of ["", "null", "[]", "{}", "not json", JSON.stringify({ ...proof, drops: [] }), JSON.stringify({ ...proof, nonce: "1" })])
      expect(parseProof(text)).toBeNull();
  });
});

describe("odds", () => {
  const crate = items.find((item) => item.id === "patient") as Crate;
  const rarityOf = rarityIn(catalogue);

  test("add up to one, before pity and with it", () => {
    for (const misses of [0, 3, 4, 5]) {
      const shares = oddsOf(crate, misses, rarityOf).map(({ share }) => share);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    }
  });

  test("are those of the rare things alone once pity is due", () => {
    expect(oddsOf(crate, 4, rarityOf).map(({ drop, share }) => [drop.item, share])).toEqual([
      ["rare_one", 0.75],
      ["legendary_one", 0.25],
    ]);
    expect(rareWithin(crate, 4)).toBe(1);
    expect(rareWithin(crate, 0)).toBe(5);
    expect(rareWithin({ drops: crate.drops }, 0)).toBeNull();
  });
});
