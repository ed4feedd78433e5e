import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { ApiError } from "../api/client";
import type { CrewPath } from "../api/types";
import { say } from "../i18n/crew";
import { player, useActions } from "./model";

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

/** Copies the link that opens the game with a start parameter; nothing where the game does not know its bot's name. */
export function LinkButton({ start_param }: { start_param: string }) {
  const [copied, setCopied] = useState("");
  const bot = player.value?.invite_url?.split("?")[0];
  if (!bot) return null;
  const copy = () => void navigator.clipboard?.writeText(`${bot}?startapp=${start_param}`).then(() => setCopied(start_param));
  return <Button text={say(copied === start_param ? "copied" : "copy_link")} press={copy} />;
}
