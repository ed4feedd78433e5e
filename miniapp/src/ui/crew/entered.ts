import { ApiError } from "../../api/client";
import type { Own } from "../../api/types";
import { contestLink, type ContestLink } from "../crew-link";
import { playerId } from "../model";
import { remember, remembered } from "../remembered";

type Kind = ContestLink["kind"];

/**
 * Loads the contest that the player is in, null for none; one that the server knows no more is forgotten. Who comes by
 * a link to one that they have entered elsewhere, as in the chat, is in it here, too.
 */
export async function loadEntered<T>(kind: Kind, load: (id: string) => Promise<T | null>, isIn: (found: T) => boolean): Promise<T | null> {
  const kept = remembered.peek()[kind];
  const id = linked(kind) || kept;
  if (!id) return null;
  try {
    const found = await load(id);
    if (found === null || id === kept) return found;
    if (!isIn(found)) return kept ? await load(kept) : null;
    enter(kind, id);
    return found;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    if (id === kept) leave(kind);
    else contestLink.value = null;
    return null;
  }
}

/** Whether nothing will come of a duel any more. */
export function isDone({ state, rival, now_ms, expires_at_ms }: Own<"/duels/{duel}">): boolean {
  return state === "over" || state === "declined" || (!rival && now_ms > expires_at_ms);
}

/** Whether the player takes part in a rally, or did. */
export const inRally = (found: Own<"/rallies/{rally}">): boolean => found.own !== null;

/** Whether the player is one of the two of a duel. */
export const inDuel = ({ host, rival }: Own<"/duels/{duel}">): boolean => [host.id, rival?.id].includes(playerId.peek());

export function enter(kind: Kind, id: string): void {
  remember({ [kind]: id });
  if (contestLink.peek()?.id === id) contestLink.value = null;
}

export function leave(kind: Kind): void {
  remember({ [kind]: "" });
}

/** The id in the link by which the player has come, "" where it was none of this kind. */
export function linked(kind: Kind): string {
  return contestLink.peek()?.kind === kind ? contestLink.peek()!.id : "";
}
