import { RoomChat } from "./room-chat";

/** The room that is open to everybody where an operator has opened it, to try chat out. */
export function Lobby() {
  return (
    <div class="profile">
      <RoomChat room="lobby:main" />
    </div>
  );
}
