import { t } from "../i18n";
import { Choice, Leaderboard, Option } from "./leaderboard";
import { board, type BoardName } from "./model";
import { ownBoardsScreen } from "./screens";

const BOARDS: BoardName[] = ["all", "league", "friends", "more"];

/** Everybody's leaderboard and, loaded when they are chosen, other boards. */
export function Boards() {
  return (
    <>
      <Choice label={t("board")}>
        {BOARDS.map((name) => (
          <Option
            key={name}
            chosen={board.value === name}
            choose={() => (board.value = name)}
            text={t(name === "friends" ? name : `boards_${name}`)}
          />
        ))}
      </Choice>
      {board.value === "all" ? <Leaderboard /> : <ownBoardsScreen.Screen />}
    </>
  );
}
