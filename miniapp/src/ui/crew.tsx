import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { FactionCard, FactionMember, FactionView } from "../api/types";
import { number } from "../i18n";
import { say, type CrewKey } from "../i18n/crew";
import { Avatar } from "./avatar";
import { factionRoom, together } from "./crew/lazy";
import { CREW_PARTS, crewLink, crewPart as part, ownFaction, ownMessageLength } from "./crew-link";
import { Atlas } from "./crew-map";
import { Button, LinkButton, Loading, refused, useCrew } from "./crew-parts";
import { catalogue, coins, till } from "./economy/model";
import { Outcome, said, whyNot } from "./economy/parts";
import { Choice, Option } from "./leaderboard";
import { playerId, useActions } from "./model";
import { useWhileOnScreen } from "./on-screen";
import { timeLeft } from "./time-left";

const EVERY_MS = 15_000;
const ENTRANCES = ["open", "request", "link"] as const;

/** The player's faction, the way into one, the map of territories, and the ranking. */
export function Crew() {
  return (
    <section class="economy crew" data-testid="crew">
      <Choice label={say("crew")}>
        {CREW_PARTS.map((name) => (
          <Option key={name} chosen={part.value === name} choose={() => (part.value = name)} text={say(name)} testid={`crew-${name}`} />
        ))}
      </Choice>
      {part.value === "crew" && <Own />}
      {part.value === "crew" && ownFaction.value && <factionRoom.Screen />}
      {part.value === "together" && <together.Screen />}
      {part.value === "find" && <Find />}
      {part.value === "map" && <Atlas />}
      {part.value === "ranking" && <Ranking />}
      {refused.value && (
        <p class="problem" role="status">
          {whyNot(refused.value)}
        </p>
      )}
    </section>
  );
}

function Own() {
  const { loadOwn } = useActions();
  const card = useRef<HTMLDivElement>(null);
  const { data, failed, reload } = useWhileOnScreen(card, () => loadOwn("/factions/mine"), EVERY_MS);
  useEffect(() => {
    if (data) ownFaction.value = data.faction?.card.id ?? "";
    if (data?.faction?.inside) ownMessageLength.value = data.faction.inside.message_length;
  }, [data]);
  const act = useCrew(reload);
  const free_ms = (data?.free_at_s ?? 0) * 1000 - Date.now();
  return (
    <div class="card" ref={card} data-testid="own-faction">
      <Loading title={data?.faction?.card.name ?? say("crew")} failed={failed} loaded={data !== null} reload={reload}>
        {data?.faction ? (
          <Faction view={data.faction} reload={reload} />
        ) : (
          <>
            <p>{say(crewLink.value ? "invited" : "none_yet")}</p>
            {crewLink.value && (
              <Button
                text={say("join")}
                press={() => {
                  const { faction, code } = crewLink.value ?? { faction: "", code: "" };
                  act("/factions/{faction}/join", { faction }, { code });
                }}
              />
            )}
            {free_ms > 0 && <p class="hint">{say("free_in", { time: timeLeft(free_ms) })}</p>}
            {data && data.asked.length > 0 && <h2>{say("asked")}</h2>}
            {data?.asked.map((one) => (
              <Line key={one.id} card={one}>
                <Button text={say("withdraw")} press={() => act("/factions/{faction}/leave", { faction: one.id })} />
              </Line>
            ))}
            <Founding price={data?.price ?? 0} reload={reload} />
          </>
        )}
      </Loading>
    </div>
  );
}

function Founding({ price, reload }: { price: number; reload: () => void }) {
  const [name, setName] = useState("");
  const [entrance, setEntrance] = useState<(typeof ENTRANCES)[number]>("request");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        till.value?.order("/factions", { name, price, entrance }, "found");
        setTimeout(reload, 1500);
      }}
    >
      <h2>{say("found")}</h2>
      <label>
        {say("name")}
        <input class="input" value={name} maxLength={24} required minLength={3} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <Choice label={say("entrance")}>
        {ENTRANCES.map((one) => (
          <Option key={one} chosen={entrance === one} choose={() => setEntrance(one)} text={say(one)} />
        ))}
      </Choice>
      <button type="submit" class="button wide" disabled={name.trim().length < 3 || (coins.value ?? 0) < price} data-testid="found">
        {say("found_for", { price: number(price) })}
      </button>
      <Outcome place="found" />
    </form>
  );
}

function Faction({ view, reload }: { view: FactionView; reload: () => void }) {
  const { card, inside } = view;
  const act = useCrew(reload);
  const places = { faction: card.id };
  const leads = inside?.role === "leader";
  const rules = leads || inside?.role === "officer";
  return (
    <>
      <p class="hint" style={card.colour ? { color: card.colour } : undefined}>
        {say("level", { level: number(card.level) })} · {say("members", { count: number(card.members), seats: number(view.seats) })}
      </p>
      {view.next_level_taps !== null && (
        <p class="hint">{say("to_next", { count: number(Math.max(0, view.next_level_taps - view.paid_taps)) })}</p>
      )}
      <dl class="sums">
        <Sum name={say("week")} value={view.taps_week} />
        <Sum name={say("ever")} value={view.taps} />
      </dl>
      {inside && <LinkButton start_param={inside.link} />}
      {inside && inside.waiting.length > 0 && (
        <>
          <h2>{say("waiting")}</h2>
          <ul class="rows">
            {inside.waiting.map((one) => (
              <li class="row" key={one.id}>
                <Avatar id={one.id} name={one.name} />
                <span class="name">{one.name}</span>
                {(["accept", "decline"] as const).map((what) => (
                  <Button
                    key={what}
                    text={say(what)}
                    press={() => act("/factions/{faction}/members", places, { player: one.id, act: what })}
                  />
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
      <ul class="rows" data-testid="crew-members">
        {view.members.map((one) => (
          <Member key={one.id} one={one} leads={leads} rules={rules} act={(what) => act("/factions/{faction}/members", places, { player: one.id, act: what })} />
        ))}
      </ul>
      {inside && <Treasury view={view} rules={rules} reload={reload} />}
      {rules && (
        <>
          <Choice label={say("entrance")}>
            {ENTRANCES.map((one) => (
              <Option
                key={one}
                chosen={card.entrance === one}
                choose={() => act("/factions/{faction}/settings", places, { entrance: one })}
                text={say(one)}
              />
            ))}
          </Choice>
          <Button text={say("new_link")} press={() => act("/factions/{faction}/settings", places, { new_link: true })} />
        </>
      )}
      {inside && <Sure text="leave" question="leave_sure" press={() => act("/factions/{faction}/leave", places)} />}
      {leads && <Sure text="dissolve" question="dissolve_sure" press={() => act("/factions/{faction}/dissolve", places)} />}
    </>
  );
}

function Member({ one, leads, rules, act }: { one: FactionMember; leads: boolean; rules: boolean; act: (what: CrewKey) => void }) {
  const [shown, show] = useState(false);
  const own = one.id === playerId.value;
  const acts: CrewKey[] = leads
    ? [one.role === "officer" ? "demote" : "promote", "transfer", "kick"]
    : one.role === "member"
      ? ["kick"]
      : [];
  return (
    <li class={own ? "row own" : "row"}>
      <Avatar id={one.id} name={one.name} />
      <button type="button" class="name plain" disabled={!rules || own} aria-expanded={shown} onClick={() => show(!shown)}>
        {one.name}
        <span class="hint">
          {" "}
          · {own ? say("you") : say(one.role)} {one.given > 0 && `· ${say("given", { count: number(one.given) })}`}
        </span>
      </button>
      <span class="score">{number(one.taps_week)}</span>
      {shown && (
        <span class="acts">
          {acts.map((what) => (
            <Button key={what} text={say(what)} press={() => act(what)} />
          ))}
        </span>
      )}
    </li>
  );
}

function Treasury({ view, rules, reload }: { view: FactionView; rules: boolean; reload: () => void }) {
  const [amount, setAmount] = useState(100);
  const act = useCrew(reload);
  const { card, inside } = view;
  if (!inside) return null;
  return (
    <section>
      <h2>{say("treasury", { count: number(inside.treasury) })}</h2>
      <form
        class="buttons"
        onSubmit={(event) => {
          event.preventDefault();
          till.value?.order("/factions/{faction}/donate", { faction: card.id, amount }, "donate");
          setTimeout(reload, 1500);
        }}
      >
        <input
          class="input"
          type="number"
          inputMode="numeric"
          min={1}
          max={Math.max(1, coins.value ?? 1)}
          value={amount}
          aria-label={say("donate")}
          onInput={(event) => setAmount(Math.floor(event.currentTarget.valueAsNumber || 0))}
        />
        <button type="submit" class="button quiet" disabled={amount < 1 || amount > (coins.value ?? 0)} data-testid="donate">
          {say("donate")}
        </button>
      </form>
      <Outcome place="donate" />
      <details>
        <summary>{say("perks")}</summary>
        <ul class="things">
          {catalogue.value?.factions?.perks?.map((perk) => {
            const has = inside.bought.includes(perk.id);
            const low = card.level < (perk.level ?? 1);
            return (
              <li key={perk.id} class="row">
                <span class="name" style={perk.colour ? { color: perk.colour } : undefined}>
                  {say("perk_for", { name: said(perk.name), price: number(perk.price) })}
                </span>
                {has && <span class="hint">{say("bought")}</span>}
                {!has && low && <span class="hint">{say("from_level", { level: number(perk.level ?? 1) })}</span>}
                {!has && !low && rules && (
                  <Button
                    text="+"
                    label={said(perk.name)}
                    press={() => act("/factions/{faction}/perks", { faction: card.id }, { perk: perk.id, price: perk.price })}
                  />
                )}
              </li>
            );
          })}
        </ul>
      </details>
    </section>
  );
}

function Find() {
  const { loadOwn } = useActions();
  const card = useRef<HTMLDivElement>(null);
  const name = useRef("");
  const { data, failed, reload } = useWhileOnScreen(card, () => loadOwn("/factions", { query: { name: name.current } }), EVERY_MS);
  const act = useCrew(() => {
    part.value = "crew";
  });
  return (
    <div class="card" ref={card}>
      <Loading title={say("find")} failed={failed} loaded={data !== null} reload={reload}>
        <input
          class="input"
          type="search"
          maxLength={24}
          aria-label={say("search")}
          placeholder={say("search")}
          data-testid="crew-search"
          onChange={(event) => {
            name.current = event.currentTarget.value;
            reload();
          }}
        />
        {data?.factions.length === 0 && <p class="hint">{say("nothing_found")}</p>}
        {data?.factions.map((one) => (
          <Line key={one.id} card={one}>
            {one.entrance !== "link" && (
              <Button
                text={say(one.entrance === "open" ? "join" : "ask")}
                press={() => act("/factions/{faction}/join", { faction: one.id }, {})}
              />
            )}
          </Line>
        ))}
      </Loading>
    </div>
  );
}

function Ranking() {
  const { loadOwn } = useActions();
  const card = useRef<HTMLDivElement>(null);
  const { data, failed, reload } = useWhileOnScreen(card, () => loadOwn("/factions/board"), EVERY_MS);
  return (
    <div class="card" ref={card}>
      <Loading title={say("week")} failed={failed} loaded={data !== null} reload={reload}>
        {data?.rows.map((row) => (
          <Line key={row.faction.id} card={row.faction} rank={row.rank}>
            <span class="score">{number(row.taps)}</span>
          </Line>
        ))}
      </Loading>
    </div>
  );
}

function Line({ card, rank, children }: { card: FactionCard; rank?: number; children: ComponentChildren }) {
  return (
    <div class="row">
      {rank !== undefined && <span class="rank">{number(rank)}</span>}
      <span class="name">
        <b style={card.colour ? { color: card.colour } : undefined}>{card.name}</b>{" "}
        <span class="hint">
          {say("level", { level: number(card.level) })} · {say("people", { count: number(card.members) })}
        </span>
      </span>
      {children}
    </div>
  );
}

function Sum({ name, value }: { name: string; value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{number(value)}</dd>
    </div>
  );
}

function Sure({ text, question, press }: { text: CrewKey; question: CrewKey; press: () => void }) {
  const [asked, ask] = useState(false);
  if (!asked) return <Button text={say(text)} press={() => ask(true)} />;
  return (
    <div class="buttons" role="group" aria-label={say(question)}>
      <p>{say(question)}</p>
      <Button text={say("sure")} press={press} />
      <Button text={say("back")} press={() => ask(false)} />
    </div>
  );
}
