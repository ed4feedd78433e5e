import { say } from "../../i18n/goals";
import { isBusy, till } from "../economy/model";
import { duration, Outcome, useNow } from "../economy/parts";
import { progress } from "./model";

const PLACE = "zone";

/** All time zones that this browser knows; at least its own. */
function zonesOf(own: string, current: string): string[] {
  const known = (Intl as { supportedValuesOf?: (key: string) => string[] }).supportedValuesOf?.("timeZone") ?? [];
  return [...new Set([own, current, ...known])].filter(Boolean);
}

/** The time zone that the streak's days are of; the device's own is proposed first. */
export function ZoneSetting() {
  const now = useNow(10_000);
  const streak = progress.value?.streak;
  if (!streak) return null;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { zone, zone_free_at_ms } = streak;
  const locked = zone_free_at_ms !== null && zone_free_at_ms > now;
  const choose = (wanted: string) => till.value?.order("/economy/zone", { zone: wanted }, PLACE);
  return (
    <>
      <div class="setting">
        <label for="zone">{say("zone")}</label>
        <select
          id="zone"
          aria-describedby="zone-hint"
          disabled={locked || isBusy(PLACE)}
          value={zone || "UTC"}
          data-testid="zone"
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {zonesOf(own, zone || "UTC").map((name) => (
            <option key={name} value={name}>
              {name === own && name !== zone ? say("zone_here", { zone: name }) : name}
            </option>
          ))}
        </select>
      </div>
      <p id="zone-hint" class="help">
        {locked ? say("zone_later", { time: duration((zone_free_at_ms as number) - now) }) : say("zone_hint")}
      </p>
      <Outcome place={PLACE} />
    </>
  );
}
