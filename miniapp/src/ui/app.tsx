import { useComputed } from "@preact/signals";
import { number, t } from "../i18n";
import { Board } from "./board";
import { clicks, pending, status, totals } from "./model";
import { NoticeBar, StatusPill } from "./status";
import { TapButton } from "./tap-button";
import { UsernamePrompt, type Rename } from "./username";

interface Props {
  onTap: () => boolean;
  rename: Rename;
}

export function App({ onTap, rename }: Props) {
  return (
    <main class="page">
      <section class="play">
        <StatusPill />
        <Count />
        {status.value === "expired" ? (
          <Explain title={t("expired_title")} text={t("expired_text", { pending: number(pending.value) })} />
        ) : (
          <TapButton onTap={onTap} />
        )}
        <NoticeBar />
        <UsernamePrompt rename={rename} />
      </section>
      <Board />
    </main>
  );
}

function Count() {
  const own = useComputed(() => number(clicks.value));
  const everybody = useComputed(() => t("everybody", { clicks: number(totals.value.clicks) }));
  return (
    <div class="count">
      <h1 class="count-label">{t("your_taps")}</h1>
      <p id="clicks" class="count-own" data-testid="clicks">
        {own}
      </p>
      <p class="count-total" data-testid="total">
        {everybody}
      </p>
    </div>
  );
}

export function Explain({ title, text }: { title: string; text: string }) {
  return (
    <div class="explain" data-testid="explain">
      <h2>{title}</h2>
      <p>{text}</p>
    </div>
  );
}
