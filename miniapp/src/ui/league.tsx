import { useRef } from "preact/hooks";
import { number, t } from "../i18n";
import { say, type LeagueKey } from "../i18n/league";
import type { LeagueDivision, LeagueTier } from "../api/types";
import { Row } from "./leaderboard";
import { player, playerId, tab, useActions } from "./model";
import { useWhileOnScreen } from "./on-screen";

const TIERS: LeagueTier[] = ["bronze", "silver", "gold", "sapphire", "diamond"];
const EVERY_MS = 15_000;

/** The player's division in the league of this week, loaded again every few seconds while it is on the screen. */
export function League() {
  const { loadOwn } = useActions();
  const Title = tab.value === "board" ? "h1" : "h2"; // Beside another screen, that one has the page's title.
  const section = useRef<HTMLElement>(null);
  const { data: view, failed, reload } = useWhileOnScreen(section, () => loadOwn("/league"), EVERY_MS);
  return (
    <section class="card board" ref={section} aria-labelledby="league-title" aria-busy={!view && !failed} data-testid="league">
      <Title id="league-title">{say("title")}</Title>
      {failed && (
        <p class="hint" role="status">
          {say("failed")}
        </p>
      )}
      {failed && !view && (
        <button type="button" class="button quiet wide" onClick={reload}>
          {t("again")}
        </button>
      )}
      {!view && !failed && <p class="hint">{t("board_loading")}</p>}
      {view && <p class="hint">{timeLeft(view.ends_at_s)}</p>}
      {view?.division && <Division division={view.division} />}
      {view && !view.division && view.status !== "playing" && <p data-testid="league-status">{say(view.status)}</p>}
    </section>
  );
}

function Division({ division }: { division: LeagueDivision }) {
  const { tier, up_to, down_to, moved, rows } = division;
  const down = rows.filter((row) => row.zone === "down").map((row) => row.rank);
  const [first_down, last_down] = [down[0], down[down.length - 1]];
  return (
    <>
      <ol class="tiers" aria-label={say("tiers")}>
        {TIERS.map((name) => (
          <li key={name} class={`tier-${name}`} aria-current={name === tier ? "step" : undefined}>
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M12 2 21 5v7c0 5-4 8.5-9 10-5-1.5-9-5-9-10V5Z" />
            </svg>
            <span class="visually-hidden">{name === tier ? say("current", { tier: say(name) }) : say(name)}</span>
          </li>
        ))}
      </ol>
      <h3 data-testid="league-division">{say("division", { tier: say(tier), number: number(division.number) })}</h3>
      <p>{say("own", { rank: number(division.rank), players: number(rows.length) })}</p>
      {(moved === "up" || moved === "down") && <p class="hint">{say(`moved_${moved}`)}</p>}
      {up_to && <Moves way="up" first={1} last={division.up} to={up_to} />}
      {!up_to && !down_to && <p class="hint">{say("no_moves")}</p>}
      <ol class="rows follow" data-testid="league-rows">
        {rows.map((row) => (
          <Row key={row.id} entry={named(row)} own={row.id === playerId.value} zone={row.zone} />
        ))}
      </ol>
      {down_to && first_down !== undefined && last_down !== undefined && (
        <Moves way="down" first={first_down} last={last_down} to={down_to} />
      )}
    </>
  );
}

/** The own name is newer here: the server's may be a minute old. */
function named<T extends { id: string; username: string | null }>(row: T): T {
  return row.id === playerId.value ? { ...row, username: player.value?.username ?? row.username } : row;
}

/** Which places move to another tier when the week ends. */
function Moves({ way, first, last, to }: { way: "up" | "down"; first: number; last: number; to: LeagueTier }) {
  const key: LeagueKey = first === last ? `${way}_one` : way;
  const places = first === last ? number(first) : `${number(first)}–${number(last)}`;
  return (
    <p class={`moves moves-${way}`}>
      <span aria-hidden="true">{way === "up" ? "▲" : "▼"}</span> {say(key, { places, tier: say(to) })}
    </p>
  );
}

function timeLeft(ends_at_s: number): string {
  const minutes = Math.max(0, Math.floor((ends_at_s - Date.now() / 1000) / 60));
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return say("ends_soon", { hours, minutes: minutes % 60 });
  return say("ends", { days: Math.floor(hours / 24), hours: hours % 24 });
}
