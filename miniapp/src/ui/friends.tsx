import { useSignal } from "@preact/signals";
import { t } from "../i18n";
import { player, useActions } from "./model";

export function Friends() {
  const { inviteLink, share, copy, mainButtonExists } = useActions();
  const told = useSignal<"copied" | "copy_failed" | null>(null);
  const code = player.value?.ref_code;
  const link = inviteLink();

  const copyLink = async () => {
    told.value = (await copy(link ?? code ?? "")) ? "copied" : "copy_failed";
  };
  const invite = async () => {
    if (!(await share())) await copyLink();
  };

  return (
    <section class="card friends" aria-labelledby="friends-title" data-testid="friends">
      <h2 id="friends-title">{t("invite_title")}</h2>
      <p class="hint">{t("invite_text")}</p>
      {link ? (
        <div class="buttons">
          {!mainButtonExists && (
            <button type="button" class="button wide" onClick={invite} data-testid="invite">
              {t("invite")}
            </button>
          )}
          <button type="button" class="button quiet wide" onClick={copyLink} data-testid="copy">
            {t("copy")}
          </button>
        </div>
      ) : (
        code && (
          <p>
            {t("your_code")}: <code class="selectable">{code}</code>
          </p>
        )
      )}
      <p role="status" class="hint" data-testid="copy-told">
        {told.value && t(told.value)}
      </p>
      {told.value === "copy_failed" && link && <code class="selectable link">{link}</code>}
    </section>
  );
}
