import { FriendsBoard } from "./friends-board";
import { League } from "./league";
import { MetricBoard } from "./metric-board";
import { board } from "./model";

const BOARDS = { league: League, friends: FriendsBoard, more: MetricBoard };

/** All boards but everybody's by taps; one file, because several would weigh more in the first load. */
export function OwnBoards() {
  const Board = BOARDS[board.value as keyof typeof BOARDS];
  return <Board />;
}
