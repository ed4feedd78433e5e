import { t } from "../i18n";
import { Boards } from "./boards";
import { Count } from "./count";
import { Friends } from "./friends";
import { ActionsContext, expiredText, pending, player, reason, status, tab, useActions, type Actions, type Tab } from "./model";
import { Profile } from "./profile";
import { NoticeBar, StatusPill } from "./status";
import { TapButton } from "./tap-button";
import { UsernamePrompt } from "./username";

const TABS: { name: Tab; icon: string }[] = [
  { name: "play", icon: "M12 3 22 8 12 13 2 8Zm-10 10 10 5 10-5v3l-10 5-10-5Z" },
  { name: "board", icon: "M3 12h5v9H3Zm6.5-9h5v18h-5ZM16 8h5v13h-5Z" },
  { name: "friends", icon: "M9 11a4 4 0 1 1 0-8 4 4 0 0 1 0 8Zm-7 9c0-4 3-7 7-7s7 3 7 7Zm16-9V8h-3V6h3V3h2v3h3v2h-3v3Z" },
  { name: "profile", icon: "M12 12a5 5 0 1 1 0-10 5 5 0 0 1 0 10Zm-9 10c0-5 4-8 9-8s9 3 9 8Z" },
];

export function App({ actions }: { actions: Actions }) {
  return (
    <ActionsContext.Provider value={actions}>
      <main class="page" data-tab={tab.value}>
        <div class="pane">
          <div class={tab.value === "play" || tab.value === "board" ? "play" : "play concealed"}>
            <Play />
          </div>
          {tab.value === "friends" && <Friends />}
          {tab.value === "profile" && <Profile />}
        </div>
        <div class="side">
          <Boards />
        </div>
      </main>
      <Navigation />
    </ActionsContext.Provider>
  );
}

function Play() {
  return (
    <>
      <StatusPill />
      {(status.value !== "expired" || player.value) && <Count />}
      {status.value === "expired" ? <Expired /> : <TapButton />}
      <NoticeBar />
      <UsernamePrompt />
    </>
  );
}

function Navigation() {
  return (
    <nav class="tabs" aria-label={t("nav")}>
      {TABS.map(({ name, icon }) => (
        <button
          key={name}
          type="button"
          class={`tab tab-${name}`}
          aria-current={tab.value === name ? "page" : undefined}
          data-testid={`tab-${name}`}
          onClick={() => (tab.value = name)}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d={icon} />
          </svg>
          {t(name === "board" ? "board_tab" : name)}
        </button>
      ))}
    </nav>
  );
}

function Expired() {
  const { close, mainButtonExists } = useActions();
  return (
    <div class="card explain" data-testid="explain">
      <h2>{t("expired_title")}</h2>
      <p>{t(expiredText(reason.value))}</p>
      {pending.value > 0 && <p>{t("expired_kept", { count: pending.value })}</p>}
      {close && !mainButtonExists && (
        <button type="button" class="button wide" onClick={close}>
          {t("close")}
        </button>
      )}
    </div>
  );
}

/** Shown instead of the game after the player erased their account. */
export function Erased({ close }: { close: (() => void) | null }) {
  return (
    <main class="page alone">
      <div class="card explain" data-testid="erased">
        <h1>{t("erased_title")}</h1>
        <p>{t("erased_text")}</p>
        {close && (
          <button type="button" class="button wide" onClick={close}>
            {t("close")}
          </button>
        )}
      </div>
    </main>
  );
}

/** Shown instead of the game if Telegram passed no launch data: the player is unknown. */
export function NoLaunch() {
  return (
    <main class="page alone">
      <div class="card explain" data-testid="explain">
        <h1>{t("no_launch_title")}</h1>
        <p>{t("no_launch_text")}</p>
      </div>
    </main>
  );
}
