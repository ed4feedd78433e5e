import { signal } from "@preact/signals";
import { t } from "../i18n";
import { Choice, Leaderboard, Option } from "./leaderboard";
import { lazy } from "./lazy";

const League = lazy(async () => (await import("./league")).League);

type Board = "all" | "league";
const chosen = signal<Board>("all");
const BOARDS: Board[] = ["all", "league"];

/** Everybody's leaderboard and, loaded when they are chosen, other boards. */
export function Boards() {
  return (
    <>
      <Choice label={t("board")} className="boards">
        {BOARDS.map((name) => (
          <Option key={name} chosen={chosen.value === name} choose={() => (chosen.value = name)} text={t(`boards_${name}`)} />
        ))}
      </Choice>
      {chosen.value === "league" ? <League /> : <Leaderboard />}
    </>
  );
}
