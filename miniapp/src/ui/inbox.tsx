import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { NotificationChanges, NotificationSettings, NotificationView } from "../api/types";
import { dateTime, t } from "../i18n";
import { say, type InboxKey } from "../i18n/inbox";
import { playerId, unread, useActions } from "./model";
import { ProfileHead } from "./profile-head";

const NAMES_SHOWN = 3;
const ICONS: Record<string, string> = {
  overtaken: "🏃",
  week: "🏁",
  league: "🏅",
  milestone: "🎉",
  friend: "🤝",
  cheer: "📣",
  raid: "🏴‍☠️",
  mail: "📬",
  streak: "🔥",
  chest: "🎁",
  season: "🌱",
};
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** What has happened since the player last looked, and what the bot may tell them of it. */
export function Inbox() {
  return (
    <section class="profile inbox" aria-labelledby="inbox-title" data-testid="inbox">
      <ProfileHead />
      <Notices />
      <Settings />
    </section>
  );
}

function Notices() {
  const { loadOwn, readInbox } = useActions();
  const entries = useSignal<NotificationView[] | null>(null);
  const cursor = useSignal<string | null>(null);
  const busy = useSignal(false);
  const failed = useSignal(false);
  const load = async (from: string | null) => {
    busy.value = true;
    try {
      const page = await loadOwn("/notifications", { query: from === null ? {} : { cursor: from } });
      if (!page) return;
      entries.value = from === null ? page.entries : [...(entries.peek() ?? []), ...page.entries];
      cursor.value = page.cursor;
      unread.value = page.unread;
      failed.value = false;
      if (page.unread > 0) void readInbox(page.up_to).catch(() => undefined); // They are new again next time.
    } catch {
      failed.value = true;
    } finally {
      busy.value = false;
    }
  };
  useEffect(() => void load(null), [playerId.value]);
  return (
    <div class="card" aria-busy={busy.value} data-testid="notices">
      <h1 id="inbox-title">{say("title")}</h1>
      {entries.value === null && !failed.value && <p class="hint">{t("board_loading")}</p>}
      {entries.value?.length === 0 && <p class="hint">{say("empty")}</p>}
      {entries.value && entries.value.length > 0 && (
        <ul class="rows">
          {entries.value.map((notice) => (
            <Notice key={`${notice.kind}#${notice.key}`} notice={notice} />
          ))}
        </ul>
      )}
      {failed.value && (
        <p class="hint" role="status">
          {say("failed")}
        </p>
      )}
      {(cursor.value !== null || failed.value) && (
        <button
          type="button"
          class="button quiet wide"
          disabled={busy.value}
          data-testid="older-notices"
          onClick={() => load(entries.peek() === null ? null : cursor.peek())}
        >
          {failed.value ? t("again") : say("older")}
        </button>
      )}
    </div>
  );
}

function Notice({ notice }: { notice: NotificationView }) {
  const text = textOf(notice);
  if (text === null) return null;
  return (
    <li class="row" data-testid="notice" data-kind={notice.kind}>
      <span aria-hidden="true">{ICONS[notice.kind]}</span>
      <div class="happened">
        <p>{text}</p>
        <p class="hint">
          <time dateTime={new Date(notice.at_ms).toISOString()}>{dateTime(notice.at_ms)}</time>
          {notice.is_new && <strong> · {say("fresh")}</strong>}
        </p>
      </div>
    </li>
  );
}

/** Null for a kind that this app does not know. */
function textOf({ kind, facts, people }: NotificationView): string | null {
  if (!Object.hasOwn(ICONS, kind)) return null;
  const names = people.map((person) => person.public_name);
  const name = names.slice(0, NAMES_SHOWN).join(", ") + (names.length > NAMES_SHOWN ? ", …" : "");
  if (kind === "league") return say(`league_${facts["moved"] === "up" ? "up" : "down"}`, { tier: say(facts["tier"] as InboxKey) });
  if (kind === "season") return say(`season_${facts["what"] === "ends" ? "ends" : "begun"}`, facts);
  return say(kind as InboxKey, { count: people.length, ...facts, name });
}

function Settings() {
  const { loadOwn, changeNotifications } = useActions();
  const settings = useSignal<NotificationSettings | null>(null);
  const failed = useSignal<InboxKey | null>(null);
  const load = () =>
    loadOwn("/notifications/settings").then(
      (found) => {
        settings.value = found;
        failed.value = null;
      },
      () => (failed.value = "settings_failed"),
    );
  const change = (changes: NotificationChanges) =>
    changeNotifications(changes).then(
      (found) => {
        settings.value = found ?? settings.peek();
        failed.value = null;
      },
      () => {
        settings.value = settings.peek() && { ...(settings.peek() as NotificationSettings) }; // Shows what is kept.
        failed.value = "not_saved";
      },
    );
  useEffect(() => void load(), [playerId.value]);
  const found = settings.value;
  return (
    <div class="card" data-testid="notification-settings" aria-busy={!found && !failed.value}>
      <h2>{say("settings")}</h2>
      {!found && !failed.value && <p class="hint">{t("board_loading")}</p>}
      {failed.value && (
        <p class="hint" role="status">
          {say(failed.value)}
        </p>
      )}
      {failed.value && !found && (
        <button type="button" class="button quiet wide" onClick={load}>
          {t("again")}
        </button>
      )}
      {found && <Switch name="enabled" on={found.enabled} set={(enabled) => change({ enabled })} />}
      {found?.enabled && (
        <>
          <Switch name="daily" on={found.daily} set={(daily) => change({ daily })} />
          {Object.entries(found.kinds).map(
            ([kind, on]) =>
              Object.hasOwn(ICONS, kind) && (
                <Switch key={kind} name={`kind_${kind}` as InboxKey} on={on} set={(wanted) => change({ kinds: { [kind]: wanted } })} />
              ),
          )}
          <HourChoice name="quiet_from" hour={found.quiet_from_h} set={(quiet_from_h) => change({ quiet_from_h, utc_offset_min: offsetMin() })} />
          <HourChoice name="quiet_to" hour={found.quiet_to_h} set={(quiet_to_h) => change({ quiet_to_h, utc_offset_min: offsetMin() })} />
          <p class="hint">{found.zone ? say("quiet_hint_zone", { zone: found.zone.replaceAll("_", " ") }) : say("quiet_hint")}</p>
        </>
      )}
    </div>
  );
}

const offsetMin = () => -new Date().getTimezoneOffset();

function Switch({ name, on, set }: { name: InboxKey; on: boolean; set: (on: boolean) => void }) {
  return (
    <label class="setting">
      <span>{say(name)}</span>
      <input
        type="checkbox"
        role="switch"
        class="switch"
        checked={on}
        data-testid={`notify-${name}`}
        onChange={(event) => set(event.currentTarget.checked)}
      />
    </label>
  );
}

function HourChoice({ name, hour, set }: { name: InboxKey; hour: number; set: (hour: number) => void }) {
  return (
    <div class="setting">
      <label for={name}>{say(name)}</label>
      <select id={name} data-testid={name} value={hour} onChange={(event) => set(Number(event.currentTarget.value))}>
        {HOURS.map((each) => (
          <option key={each} value={each}>
            {String(each).padStart(2, "0")}:00
          </option>
        ))}
      </select>
    </div>
  );
}
