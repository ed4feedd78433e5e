import { Duel } from "./duel";
import { Heist } from "./heist";
import { Raid } from "./raid";
import { Rally } from "./rally";

/** What players do together, and to each other, at the moment. */
export function Together() {
  return (
    <>
      <Heist />
      <Rally />
      <Duel />
      <Raid />
    </>
  );
}
