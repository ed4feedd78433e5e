import { FriendsBoard } from "./friends-board";
import { League } from "./league";
import { board } from "./model";

/** The boards that differ from player to player; one file, because two would weigh more in the first load. */
export function OwnBoards() {
  return board.value === "league" ? <League /> : <FriendsBoard />;
}
