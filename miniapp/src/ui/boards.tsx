import { signal } from "@preact/signals";
import { t } from "../i18n";
import { Choice, Leaderboard, Option } from "./leaderboard";
import { lazy } from "./lazy";

const League = lazy(async () => (await import("./league")).League);
const FriendsBoard = lazy(async () => (await import("./friends-board")).FriendsBoard);

type Board = "all" | "league" | "friends";
const chosen = signal<Board>("all");
const BOARDS: Board[] = ["all", "league", "friends"];

/** Everybody's leaderboard and, loaded when they are chosen, other boards. */
export function Boards() {
  return (
    <>
      <Choice label={t("board")} className="boards">
        {BOARDS.map((name) => (
          <Option key={name} chosen={chosen.value === name} choose={() => (chosen.value = name)} text={t(`boards_${name}`)} />
        ))}
      </Choice>
      {chosen.value === "all" && <Leaderboard />}
      {chosen.value === "league" && <League />}
      {chosen.value === "friends" && <FriendsBoard />}
    </>
  );
}
