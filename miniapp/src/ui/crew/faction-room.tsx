import { ownFaction, ownMessageLength } from "../crew-link";
import { RoomChat } from "../live/room-chat";

/** What the members of the player's faction say to each other. */
export function FactionRoom() {
  const id = ownFaction.value;
  return id ? <RoomChat key={id} room={`faction:${id}`} longest={ownMessageLength.value} /> : null;
}
