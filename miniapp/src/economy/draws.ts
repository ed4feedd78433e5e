/**
 * Draws, computed anew on the player's device by the server's rules (economy/rules/draws.py): HMAC-SHA256 of
 * "client seed:nonce:cursor" with the server's seed as the key, read as words of 8 bytes. Both are held to the same
 * examples, tests/economy/draws.json.
 */

export interface Seeds {
  /** Hexadecimal; secret until the player asks for the next one. */
  server_seed: string;
  client_seed: string;
  nonce: number;
}

export const RARITIES = ["common", "uncommon", "rare", "legendary"] as const;
export type Rarity = (typeof RARITIES)[number];

/** One outcome of a crate; by default a single one. */
export interface Drop {
  weight: number;
  item?: string;
  currency?: string;
  count?: number;
}

export interface Crate {
  drops: readonly Drop[];
  /** After so many without that rarity, the next one has it. */
  pity?: { opens: number; rarity: Rarity } | null;
}

/** The rarity of an item; undefined for one that the catalogue does not have. */
export type RarityOf = (item: string) => Rarity | undefined;

const WORD = 8;
const RANGE = 1n << 64n;

export function isHex(text: string): boolean {
  return /^([0-9a-f]{2})+$/i.test(text);
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** What is shown of a server's seed before it is used. */
export async function seedHash(seed: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytesOf(seed));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The numbers that belong to one nonce, in order. */
export class Draws {
  private words: bigint[] = [];
  private cursor = 0;

  private constructor(
    private readonly key: CryptoKey,
    private readonly seeds: Seeds,
  ) {}

  static async of(seeds: Seeds): Promise<Draws> {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    return new Draws(await crypto.subtle.importKey("raw", bytesOf(seeds.server_seed), algorithm, false, ["sign"]), seeds);
  }

  /** The next number of 0 .. bound - 1, each exactly as likely: words that would favour some are passed over. */
  async below(bound: bigint): Promise<bigint> {
    const fair = RANGE - (RANGE % bound);
    for (;;) {
      const word = await this.word();
      if (word < fair) return word % bound;
    }
  }

  private async word(): Promise<bigint> {
    if (this.words.length === 0) {
      const { client_seed, nonce } = this.seeds;
      const message = new TextEncoder().encode(`${client_seed}:${nonce}:${this.cursor++}`);
      const digest = new DataView(await crypto.subtle.sign("HMAC", this.key, message));
      for (let at = 0; at < digest.byteLength; at += WORD) this.words.push(digest.getBigUint64(at));
    }
    return this.words.shift() as bigint;
  }
}

/** Whether a drop has the rarity that a crate's pity promises. */
export function isRare(crate: Crate, drop: Drop, rarityOf: RarityOf): boolean {
  const rarity = drop.item ? rarityOf(drop.item) : undefined;
  return !!crate.pity && rarity !== undefined && RARITIES.indexOf(rarity) >= RARITIES.indexOf(crate.pity.rarity);
}

/** The drops that count for a crate that is opened after so many without its rare one. */
export function dropsAfter(crate: Crate, misses: number, rarityOf: RarityOf): readonly Drop[] {
  return crate.pity && misses >= crate.pity.opens ? crate.drops.filter((drop) => isRare(crate, drop, rarityOf)) : crate.drops;
}

export interface Opened {
  drops: Drop[];
  /** How many have now been opened without the rare one. */
  misses: number;
}

/** What so many crates held, opened with one nonce after so many without the rare one. */
export async function openCrates(crate: Crate, count: number, misses: number, rarityOf: RarityOf, draws: Draws): Promise<Opened> {
  const opened: Opened = { drops: [], misses };
  for (let i = 0; i < count; i++) {
    const drop = await pick(dropsAfter(crate, opened.misses, rarityOf), draws);
    opened.drops.push(drop);
    opened.misses = !crate.pity || isRare(crate, drop, rarityOf) ? 0 : opened.misses + 1;
  }
  return opened;
}

async function pick(drops: readonly Drop[], draws: Draws): Promise<Drop> {
  let at = await draws.below(BigInt(drops.reduce((sum, drop) => sum + drop.weight, 0)));
  for (const drop of drops) {
    at -= BigInt(drop.weight);
    if (at < 0n) return drop;
  }
  throw new Error("a draw below the sum of the weights");
}
