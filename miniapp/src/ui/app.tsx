import { t } from "../i18n";
import { Boards } from "./boards";
import { Count } from "./count";
import {
  ActionsContext,
  player,
  sectionOf,
  status,
  tab,
  toClaim,
  unread,
  unseen,
  type Actions,
  type Section,
} from "./model";
import { MomentBanner } from "./moments";
import { ChaseLine, Everybody, Level, Stamina } from "./progress";
import { isInContest, remembered } from "./remembered";
import { explanation, liveBar, offers, purse, SCREENS, usernamePrompt } from "./screens";
import { NoticeBar, StatusPill } from "./status";
import { TapButton } from "./tap-button";

const TABS: { name: Section; icon: string }[] = [
  { name: "play", icon: "M12 3 22 8 12 13 2 8Zm-10 10 10 5 10-5v3l-10 5-10-5Z" },
  { name: "quests", icon: "M4 2h3v20H4Zm4 1h13l-3 5 3 5H8Z" },
  { name: "crew", icon: "M8 12a4.5 4.5 0 1 1 0-9 4.5 4.5 0 0 1 0 9Zm8.5 0a4 4 0 0 1-2.8-1.2 6.5 6.5 0 0 0 .6-6A4 4 0 1 1 16.5 12ZM1 21c0-4.5 3-7 7-7s7 2.5 7 7Zm16 0a9.8 9.8 0 0 0-2.3-6.8c4.8-.7 8.3 2 8.3 6.8Z" },
  { name: "shop", icon: "M3 8h4a5 5 0 0 1 10 0h4v13H3Zm6 0h6a3 3 0 0 0-6 0Z" },
  { name: "board", icon: "M3 12h5v9H3Zm6.5-9h5v18h-5ZM16 8h5v13h-5Z" },
  { name: "profile", icon: "M12 12a5 5 0 1 1 0-10 5 5 0 0 1 0 10Zm-9 10c0-5 4-8 9-8s9 3 9 8Z" },
];
/** Sections with something that the player has not taken yet. */
const NEWS: Partial<Record<Section, { value: unknown }>> = { quests: toClaim, shop: unseen, profile: unread };

export function App({ actions }: { actions: Actions }) {
  const shown = SCREENS[tab.value];
  return (
    <ActionsContext.Provider value={actions}>
      <main class="page" data-tab={tab.value}>
        {isInContest.value && tab.value !== "crew" && <liveBar.Screen waiting={null} />}
        <div class="pane">
          <div class={tab.value === "play" || tab.value === "board" ? "play" : "play concealed"}>
            <Play />
          </div>
          {shown && <shown.Screen key={tab.value} />}
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
        <div class="top">
          {!expired && !SCREENS[tab.value] && <purse.Screen waiting={<div class="purse" aria-hidden="true" />} />}
          <StatusPill />
        </div>
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
          aria-current={sectionOf(tab.value) === name ? "page" : undefined}
          data-testid={`tab-${name}`}
          onClick={() => (tab.value = name)}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d={icon} />
          </svg>
          {t(name === "board" ? "board_tab" : name)}
          {Boolean(NEWS[name]?.value) && <span class="badge" role="img" aria-label={t("unseen")} />}
        </button>
      ))}
    </nav>
  );
}
