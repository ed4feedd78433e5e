import { useEffect } from "preact/hooks";
import { LANGUAGES, number, t } from "../i18n";
import { Avatar } from "./avatar";
import { leaderboardState, clicks, fullscreen, homeScreenOffered, inviteState, ownPhoto, rankSummary, player, useActions } from "./model";
import { Showcase } from "./goals/showcase";
import { ZoneSetting } from "./goals/zone";
import { nameOf } from "./names";
import { ProfileHead } from "./profile-head";
import { OwnDataCard } from "./own-data";
import { NameForm } from "./name-form";
import { change, settings } from "./settings";
import { ShareButtons } from "./share-buttons";

export function Profile() {
  useEffect(() => () => void (inviteState.value = "idle"), []);
  return (
    <section class="profile" aria-label={t("profile")} data-testid="profile">
      <ProfileHead />
      <div class="card">
        <div class="who">
          {player.value && <Avatar id={player.value.id} name={nameOf(player.value)} photo={ownPhoto.value} />}
          <h1>{player.value?.username ?? player.value?.display_name ?? t("anonymous")}</h1>
        </div>
        <p class="hint">
          {t("taps_spoken", { count: clicks.value })}
          {rankSummary.value && leaderboardState.value.period === "all" && ` · ${t("rank", { rank: number(rankSummary.value.rank) })}`}
        </p>
        {player.value?.username === null && (
          <p class="hint" data-testid="public-name">
            {t("seen_as", { name: nameOf(player.value) })}
          </p>
        )}
        {player.value && <NameForm id="profile-name" label={t("name_label")} />}
        {player.value && (
          <div class="buttons">
            <ShareButtons />
          </div>
        )}
        <p role="status" class="hint" data-testid="share-status">
          {inviteState.value !== "idle" && inviteState.value !== "busy" && t(inviteState.value)}
        </p>
      </div>
      {player.value && <Showcase />}
      <SettingsCard />
      {player.value && <OwnDataCard />}
    </section>
  );
}

function SettingsCard() {
  const { hapticsExist, toggleFullscreen, addToHomeScreen } = useActions();
  return (
    <div class="card">
      <h2>{t("settings")}</h2>
      {hapticsExist && <Switch name="haptics" />}
      <Switch name="sound" />
      <Switch name="fewer_effects" />
      <div class="setting">
        <label for="language">{t("language")}</label>
        <select
          id="language"
          data-testid="language"
          value={settings.value.language ?? ""}
          onChange={(event) => change({ language: event.currentTarget.value || null })}
        >
          <option value="">{t("language_auto")}</option>
          {Object.entries(LANGUAGES).map(([tag, { name }]) => (
            <option key={tag} value={tag} lang={tag}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <ZoneSetting />
      <div class="buttons">
        {fullscreen.value !== null && (
          <button type="button" class="button quiet wide" onClick={toggleFullscreen}>
            {t(fullscreen.value ? "fullscreen_exit" : "fullscreen")}
          </button>
        )}
        {homeScreenOffered.value && (
          <button type="button" class="button quiet wide" onClick={addToHomeScreen}>
            {t("home_screen")}
          </button>
        )}
      </div>
    </div>
  );
}

function Switch({ name }: { name: "haptics" | "sound" | "fewer_effects" }) {
  return (
    <label class="setting">
      <span>{t(name)}</span>
      <input
        type="checkbox"
        role="switch"
        class="switch"
        checked={settings.value[name]}
        data-testid={`setting-${name}`}
        onChange={(event) => change({ [name]: event.currentTarget.checked })}
      />
    </label>
  );
}
