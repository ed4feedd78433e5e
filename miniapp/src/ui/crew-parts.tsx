import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { ApiError } from "../api/client";
import type { CrewPath } from "../api/types";
import { say } from "../i18n/crew";
import { useActions } from "./model";

/** Why the last thing was refused. */
export const refused = signal<ApiError | null>(null);

/** Does something, and then what follows; tells why where it is refused. */
export function useCrew(then: () => void = () => undefined): (path: CrewPath, places: object, body?: object) => void {
  const { crew } = useActions();
  return (path, places, body) => {
    refused.value = null;
    crew(path, places, body).then(then, (error: unknown) => {
      refused.value = error instanceof ApiError ? error : new ApiError(0, "no_answer", "");
      then();
    });
  };
}

/** A card with a title that loads what it shows, or says that it can't. */
export function Loading({ title, failed, loaded, reload, children }: {
  title: string;
  failed: boolean;
  loaded: boolean;
  reload: () => void;
  children: ComponentChildren;
}) {
  return (
    <>
      <h1>{title}</h1>
      {!loaded && (
        <p class="hint" role="status">
          {say(failed ? "failed" : "loading")}
        </p>
      )}
      {failed && !loaded && (
        <button type="button" class="button quiet wide" onClick={reload}>
          {say("again")}
        </button>
      )}
      {loaded && children}
    </>
  );
}

export function Button({ text, label, press }: { text: string; label?: string; press: () => void }) {
  return (
    <button type="button" class="button quiet" aria-label={label} onClick={press}>
      {text}
    </button>
  );
}

