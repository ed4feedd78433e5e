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

/** The rally or the duel by whose link the player has come. */
export const contestLink = signal<{ kind: "rally" | "duel"; id: string } | null>(null);

const CONTEST = /^(rally|duel)_([0-9a-f]{16})$/;

/** What a start parameter says, null where it is of neither. */
export function contestLinkOf(start_param: string | null): { kind: "rally" | "duel"; id: string } | null {
  const [, kind, id] = CONTEST.exec(start_param ?? "") ?? [];
  return kind && id ? { kind: kind as "rally" | "duel", id } : null;
}

/** The id of the rally or the duel that a link has led to, "" for none. */
export const linked = (kind: "rally" | "duel"): string => (contestLink.value?.kind === kind ? contestLink.value.id : "");
