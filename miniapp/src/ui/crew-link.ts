import { signal } from "@preact/signals";

/** The faction by whose link the player has come, with the link's code. */
export const crewLink = signal<{ faction: string; code: string } | null>(null);

/** The id of the faction that the player is in, "" for none or while that is not known. */
export const ownFaction = signal("");

const LINK = /^fac_([0-9a-f]{12})_([a-z0-9]{1,16})$/;

/** What a start parameter says, null where it is no faction's. */
export function crewLinkOf(start_param: string | null): { faction: string; code: string } | null {
  const [, faction, code] = LINK.exec(start_param ?? "") ?? [];
  return faction && code ? { faction, code } : null;
}
