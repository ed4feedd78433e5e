import { ApiError, type Api } from "../api/client";
import type { Engine } from "../game/engine";
import type { StoredSessions } from "../game/home";
import type { SecondHome } from "../game/second-home";

export type ExportOutcome = "saved" | "too_often" | "failed";
export type EraseOutcome = "erased" | "too_old" | "failed";

const FILE_NAME = "tapstack-my-data.json";

export interface OwnDataParts {
  api: Pick<Api, "exportMe" | "eraseMe">;
  engine: Pick<Engine, "sessionToken" | "stop">;
  home: Pick<StoredSessions, "forget">;
  second_home: Pick<SecondHome, "forget">;
  init_data: string;
  save: (name: string, text: string) => Promise<void>;
}

/** What players may do with all that the game has of them: take it along, or have it gone. */
export class OwnData {
  constructor(private readonly parts: OwnDataParts) {}

  async download(): Promise<ExportOutcome> {
    const { api, engine, save } = this.parts;
    try {
      const data = await api.exportMe(engine.sessionToken ?? "");
      await save(FILE_NAME, JSON.stringify(data, null, 2));
      return "saved";
    } catch (error) {
      return error instanceof ApiError && error.status === 429 ? "too_often" : "failed";
    }
  }

  /** Erases the player at the server; then this device forgets them, too, and asks for nothing any more. */
  async erase(): Promise<EraseOutcome> {
    const { api, engine, home, second_home, init_data } = this.parts;
    try {
      await api.eraseMe(engine.sessionToken ?? "", init_data);
    } catch (error) {
      return error instanceof ApiError && error.code === "init_data_expired" ? "too_old" : "failed";
    }
    engine.stop();
    home.forget();
    await second_home.forget();
    return "erased";
  }
}

/** Gives a file to the player: by the system's share sheet where the frame can't download, as in Telegram's apps. */
export async function saveFile(name: string, text: string): Promise<void> {
  const file = new File([text], name, { type: "application/json" });
  const touch = matchMedia("(pointer: coarse)").matches;
  if (touch && typeof navigator.canShare === "function" && navigator.canShare({ files: [file] })) {
    try {
      return await navigator.share({ files: [file] });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return; // Seen, and closed.
    }
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
