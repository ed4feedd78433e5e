import { useSignal } from "@preact/signals";
import { ApiError } from "../../api/client";
import { operationId } from "../../economy/operation-id";
import { refusalText } from "../../i18n";
import { say } from "../../i18n/contests";

export const newOp = () => operationId(Date.now(), crypto.getRandomValues(new Uint8Array(16)));

/** One thing at a time: whether it is being done, and what has come of it where it was refused. */
export function useAct() {
  const busy = useSignal(false);
  const error = useSignal("");
  const act = async (what: () => Promise<unknown>) => {
    busy.value = true;
    error.value = "";
    try {
      await what();
    } catch (refusal) {
      const code = refusal instanceof ApiError ? refusal.code : "";
      error.value = refusalText(code) ?? say("failed");
    } finally {
      busy.value = false;
    }
  };
  return { busy, error, act };
}
