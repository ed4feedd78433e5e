/** What has come of pressing Accept: the duel that was accepted, or the stake that the player is to agree to first. */
export type Acceptance = { id: string } | { ask: number };

/** Accepts a duel at the stake that the player has agreed to: nobody pays what they have not been asked for. */
export async function acceptAt(
  agreed: number,
  look: () => Promise<{ stake?: number } | null>,
  accept: (stake: number) => Promise<{ id: string } | null>,
): Promise<Acceptance> {
  const stake = (await look())?.stake ?? 0;
  if (stake !== agreed) return { ask: stake };
  return { id: (await accept(stake))?.id ?? "" };
}
