import { effect } from "@preact/signals";
import type { Api } from "../api/client";
import type { Engine } from "../game/engine";
import { player } from "../ui/model";
import { change, settings } from "../ui/settings";

/**
 * Keeps one language for the app and the chat: the account's is followed, and a choice made here is sent to it.
 * An account whose player has never chosen (`language` is absent) gets the choice of this device, if there is one.
 */
export function shareLanguage(api: Pick<Api, "chooseLanguage">, engine: Pick<Engine, "sessionToken" | "renamed">): () => void {
  let heard: string | null | undefined;
  let agreed: string | null = null;
  let sending = 0;
  return effect(() => {
    if (!player.value) return;
    const account = player.value.language;
    const own = settings.value.language;
    if (account !== heard) {
      heard = account;
      if (account === undefined || sending > 0) return; // A newer choice is on its way.
      agreed = account;
      if (own !== account) change({ language: account });
    } else if (own !== agreed) {
      agreed = own;
      sending += 1;
      const done = () => void (sending -= 1);
      // Without an answer this device keeps its choice; the account's comes back with the next launch.
      void api.chooseLanguage(engine.sessionToken ?? "", own).then((changed) => {
        if (sending === 1) engine.renamed(changed);
        done();
      }, done);
    }
  });
}
