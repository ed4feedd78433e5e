import { signal } from "@preact/signals";

/** The faction by whose link the player has come, with the link's code. */
export const crewLink = signal<{ faction: string; code: string } | null>(null);

/** The rally or the duel by whose link the player has come. */
export const contestLink = signal<ContestLink | null>(null);

/** The id of the faction that the player is in, "" for none or while that is not known. */
export const ownFaction = signal("");

/** How long a message in its room may be. */
export const ownMessageLength = signal(200);

/** The parts of the screen of what players do together, and the one that is shown. */
export const CREW_PARTS = ["crew", "together", "map", "ranking", "find"] as const;
export const crewPart = signal<(typeof CREW_PARTS)[number]>("crew");

export interface ContestLink {
  kind: "rally" | "duel";
  id: string;
}

const FACTION = /^fac_([0-9a-f]{12})_([a-z0-9]{1,16})$/;
const CONTEST = /^(rally|duel)_([0-9a-f]{16})$/;

/** What a start parameter says, null where it is no faction's. */
export function crewLinkOf(start_param: string | null): { faction: string; code: string } | null {
  const [, faction, code] = FACTION.exec(start_param ?? "") ?? [];
  return faction && code ? { faction, code } : null;
}

/** What a start parameter says, null where it is of no rally and no duel. */
export function contestLinkOf(start_param: string | null): ContestLink | null {
  const [, kind, id] = CONTEST.exec(start_param ?? "") ?? [];
  return id && (kind === "rally" || kind === "duel") ? { kind, id } : null;
}

/** The start parameter that leads to a rally or a duel. */
export function startParamOf({ kind, id }: ContestLink): string {
  return `${kind}_${id}`;
}
