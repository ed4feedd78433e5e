import { useRef, useState } from "preact/hooks";
import { number } from "../i18n";
import { say } from "../i18n/crew";
import { Button, Loading, useCrew } from "./crew-parts";
import { gainOf, said } from "./economy/parts";
import { catalogue, till } from "./economy/model";
import { useActions } from "./model";
import { useWhileOnScreen } from "./on-screen";
import { timeLeft } from "./time-left";

const EVERY_MS = 30_000;

/** The map of territories, drawn from the catalogue: who holds what, and for which one the player taps. */
export function Atlas() {
  const { loadOwn } = useActions();
  const card = useRef<HTMLDivElement>(null);
  const { data, failed, reload } = useWhileOnScreen(card, () => loadOwn("/territories"), EVERY_MS);
  const [chosen, choose] = useState("");
  const act = useCrew(() => {
    reload();
    void till.peek()?.load("account");
  });
  const places = catalogue.value?.territories ?? [];
  const place = places.find((one) => one.id === chosen);
  const state = data?.territories.find((one) => one.id === chosen);
  const nameOf = (id: string) => said(places.find((one) => one.id === id)?.name ?? { en: id });
  return (
    <div class="card" ref={card}>
      <Loading title={say("map")} failed={failed} loaded={data !== null} reload={reload}>
        <p class="hint">{say("map_hint")}</p>
        {data && <p class="hint">{say("ends", { time: timeLeft(data.ends_at_s * 1000 - Date.now()) })}</p>}
        <svg class="atlas" viewBox="0 0 320 240" role="group" aria-label={say("map")} data-testid="atlas">
          {places.map((one) => {
            const now = data?.territories.find((held) => held.id === one.id);
            return (
              <g
                key={one.id}
                role="button"
                tabIndex={0}
                aria-label={said(one.name)}
                aria-pressed={chosen === one.id}
                class={data?.own === one.id ? "own" : undefined}
                onClick={() => choose(one.id)}
                onKeyDown={(event) => event.key === "Enter" && choose(one.id)}
              >
                <path d={one.outline} style={now?.holder?.colour ? { fill: now.holder.colour } : undefined} />
                <text x={one.x} y={one.y} aria-hidden="true">
                  {said(one.name).split(" ").map((word, line) => (
                    <tspan key={word} x={one.x} dy={line ? 12 : 0}>
                      {word}
                    </tspan>
                  ))}
                </text>
              </g>
            );
          })}
        </svg>
        {place && (
          <section aria-live="polite">
            <h2>{said(place.name)}</h2>
            <p>
              {state?.holder ? say("holder", { name: state.holder.name }) : say("free")} · {gainOf(place.reward)}
            </p>
            {state?.leading.map((one, rank) => (
              <p class="row" key={one.id}>
                <span class="rank">{number(rank + 1)}</span>
                <span class="name">{one.name}</span>
                <span class="score">{number(one.taps)}</span>
              </p>
            ))}
            {data?.own === chosen ? (
              <p class="hint">{say("fighting")}</p>
            ) : (
              <Button text={say("fight")} press={() => act("/territories/{territory}/assign", { territory: chosen }, { on: true })} />
            )}
          </section>
        )}
        {data?.claimable && (
          <button
            type="button"
            class="button wide"
            data-testid="claim-territory"
            onClick={() => act("/territories/{territory}/claim", { territory: data.claimable })}
          >
            {say("claim")}: {nameOf(data.claimable)}
          </button>
        )}
        <details>
          <summary>{say("history")}</summary>
          {data?.history.every((week) => week.held.length === 0) && <p class="hint">{say("no_history")}</p>}
          {data?.history.map((week) => (
            <section key={week.week}>
              {week.held.length > 0 && <h3>{week.week}</h3>}
              {week.held.map((one) => (
                <p key={one.territory} class="row">
                  <span class="name">
                    {nameOf(one.territory)}: {one.name}
                  </span>
                  <span class="score">{number(one.taps)}</span>
                </p>
              ))}
            </section>
          ))}
        </details>
      </Loading>
    </div>
  );
}
