import { t } from "../i18n";
import { Choice, Leaderboard, Option } from "./leaderboard";
import { board, type BoardName } from "./model";
import { ownBoardsScreen } from "./screens";

const BOARDS: [BoardName, "boards_all" | "boards_league" | "friends"][] = [
  ["all", "boards_all"],
  ["league", "boards_league"],
  ["friends", "friends"],
];

/** Everybody's leaderboard and, loaded when they are chosen, other boards. */
export function Boards() {
  return (
    <>
      <Choice label={t("board")}>
        {BOARDS.map(([name, label]) => (
          <Option key={name} chosen={board.value === name} choose={() => (board.value = name)} text={t(label)} />
        ))}
      </Choice>
      {board.value === "all" ? <Leaderboard /> : <ownBoardsScreen.Screen />}
    </>
  );
}
