import { useComputed } from "@preact/signals";
import { refusalText, t } from "../i18n";
import { banned, notice, pending, reason, status } from "./model";

/** The connection status; its text changes rarely enough for screen readers to announce it. */
export function StatusPill() {
  const unsent = useComputed(() => {
    const told = status.value === "online" || status.value === "expired"; // Explain says it there.
    return !told && pending.value > 0 ? pending.value : null;
  });
  return (
    <div class="status">
      <p class={`pill pill-${status.value}`} role="status" data-testid="status" data-status={status.value}>
        <span class="dot" aria-hidden="true" />
        {t(banned.value ? "status_banned" : `status_${status.value}`)}
      </p>
      <Refusal />
      {unsent.value !== null && (
        <p class="unsent" data-testid="unsent">
          {t("unsent", { count: unsent.value })}
        </p>
      )}
    </div>
  );
}

/** Why the game does not go on, while it keeps trying. Without an answer there is nothing more to say than the status. */
function Refusal() {
  const waits = status.value === "connecting" || status.value === "syncing" || status.value === "offline";
  const text = waits && reason.value !== null && reason.value !== "no_answer" ? refusalText(reason.value) : null;
  return text === null ? null : (
    <p class="unsent" role="status" data-testid="refusal">
      {text}
    </p>
  );
}

export function NoticeBar() {
  return (
    <div class="notice-place" role="alert">
      {notice.value && (
        <p class="notice" data-testid="notice">
          {t(notice.value)}
        </p>
      )}
    </div>
  );
}
