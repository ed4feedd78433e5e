import { ApiError } from "../../api/client";
import { contestLink, type ContestLink } from "../crew-link";
import { remember, remembered } from "../remembered";

type Kind = ContestLink["kind"];

/** Loads the contest that the player is in, null for none; one that the server knows no more is forgotten. */
export async function loadEntered<T>(kind: Kind, load: (id: string) => Promise<T | null>): Promise<T | null> {
  const id = remembered.peek()[kind];
  if (!id) return null;
  try {
    return await load(id);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    leave(kind);
    return null;
  }
}

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
