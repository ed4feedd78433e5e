import { t } from "../i18n";
import { Boards } from "./boards";
import { Count } from "./count";
import { ActionsContext, player, status, tab, type Actions, type Tab } from "./model";
import { MomentBanner } from "./moments";
import { ChaseLine, Everybody, Level, Stamina } from "./progress";
import { remembered } from "./remembered";
import { explanation, friendsScreen, offers, profileScreen, usernamePrompt } from "./screens";
import { NoticeBar, StatusPill } from "./status";
import { TapButton } from "./tap-button";

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
          {tab.value === "friends" && <friendsScreen.Screen />}
          {tab.value === "profile" && <profileScreen.Screen />}
        </div>
        <div class="side">
          <Boards />
        </div>
      </main>
      <Navigation />
      <offers.Screen waiting={null} />
    </ActionsContext.Provider>
  );
}

function Play() {
  const expired = status.value === "expired";
  return (
    <>
      <div class="figures">
        <StatusPill />
        {(!expired || player.value) && <Count />}
        {!expired && (
          <>
            <Level />
            <ChaseLine />
          </>
        )}
      </div>
      {expired ? (
        <explanation.Screen />
      ) : (
        <div class="middle">
          <TapButton />
          <Stamina />
        </div>
      )}
      <div class="below">
        {!expired && <Everybody />}
        <NoticeBar />
      </div>
      {!expired && <usernamePrompt.Screen waiting={remembered.value.named ? null : <div class="prompt" aria-hidden="true" />} />}
      <MomentBanner />
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
