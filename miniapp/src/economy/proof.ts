import type { Catalogue, CrateItem, Proof } from "../api/types";
import { Draws, isHex, openCrates, seedHash, type Crate, type RarityOf } from "./draws";

/** What a proof is worth: `sealed` while the seed is secret. */
export type Verdict = "proven" | "sealed" | "forged_seed" | "forged_draw";

export function rarityIn(catalogue: Catalogue): RarityOf {
  const found = new Map(catalogue.items.map((item) => [item.id, item.rarity]));
  return (id) => found.get(id);
}

/** Draws again what a proof says, with the odds of its catalogue; asks nobody. */
export async function checkProof(proof: Proof, catalogue: Catalogue): Promise<Verdict> {
  if (proof.server_seed === null) return "sealed";
  if (!isHex(proof.server_seed) || (await seedHash(proof.server_seed)) !== proof.server_seed_hash) return "forged_seed";
  const crate = catalogue.items.find((item): item is CrateItem => item.id === proof.crate && item.kind === "crate");
  if (!crate || catalogue.version !== proof.catalogue) return "forged_draw";
  const { server_seed, client_seed, nonce, misses, drops } = proof;
  const draws = await Draws.of({ server_seed, client_seed, nonce });
  const drawn = await openCrates(crate as Crate, drops.length, misses, rarityIn(catalogue), draws);
  const same = drawn.drops.every(({ item, currency, count }, i) => {
    const told = drops[i];
    return (told?.item || told?.currency) === (item || currency) && told?.count === (count ?? 1);
  });
  return same ? "proven" : "forged_draw";
}

/** A proof that somebody pasted; null if it is none. */
export function parseProof(text: string): Proof | null {
  try {
    const given = JSON.parse(text) as Partial<Proof> | null;
    const texts = [given?.catalogue, given?.crate, given?.client_seed, given?.server_seed_hash];
    const whole =
      texts.every((one) => typeof one === "string") &&
      (given?.server_seed === null || typeof given?.server_seed === "string") &&
      [given?.nonce, given?.misses].every((one) => Number.isSafeInteger(one)) &&
      Array.isArray(given?.drops) &&
      given.drops.length > 0 &&
      given.drops.length <= 10 &&
      given.drops.every((drop) => typeof drop === "object" && drop !== null);
    return whole ? (given as Proof) : null;
  } catch {
    return null;
  }
}
