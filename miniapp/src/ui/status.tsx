import { useComputed } from "@preact/signals";
import { t } from "../i18n";
import { notice, pending, status, tapsPerSecond } from "./model";

/** The connection status; its text changes rarely enough for screen readers to announce it. */
export function StatusPill() {
  const unsent = useComputed(() => (status.value !== "online" && pending.value > 0 ? pending.value : null));
  return (
    <div class="status">
      <p class={`pill pill-${status.value}`} role="status" data-testid="status" data-status={status.value}>
        <span class="dot" aria-hidden="true" />
        {t(`status_${status.value}`)}
      </p>
      {unsent.value !== null && (
        <p class="unsent" data-testid="unsent">
          {t("unsent", { count: unsent.value })}
        </p>
      )}
    </div>
  );
}

export function NoticeBar() {
  return (
    <div class="notice-place" role="alert">
      {notice.value && (
        <p class="notice" data-testid="notice">
          {notice.value === "too_fast" ? t("too_fast", { count: tapsPerSecond.value }) : t(notice.value)}
        </p>
      )}
    </div>
  );
}
