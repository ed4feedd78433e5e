import { ApiError, type Api } from "../api/client";
import type { CloudBackup } from "../game/cloud-backup";
import type { Engine } from "../game/engine";
import type { LocalSessionStorage } from "../game/local-session-storage";
import type { EraseOutcome, ExportOutcome } from "../ui/model";
import type { PlayerStore } from "./storage";

const FILE_NAME = "tapstack-my-data.json";

export interface OwnDataParts {
  api: Pick<Api, "eraseMe"> & { exportMe(token: string): Promise<object> };
  engine: Pick<Engine, "sessionToken" | "stop">;
  storage: Pick<LocalSessionStorage, "clear">;
  store: Pick<PlayerStore, "close">;
  cloud_backup: Pick<CloudBackup, "clear">;
  /** Forgets what the player has bought and drawn on this device. */
  forgetEconomy: () => void;
  init_data: string;
  save: (name: string, text: string) => Promise<void>;
}

/** Lets players download what the game stores about them, or erase it. */
export class OwnData {
  constructor(private readonly parts: OwnDataParts) {}

  async download(): Promise<ExportOutcome> {
    const { api, engine, save } = this.parts;
    try {
      const data = await api.exportMe(engine.sessionToken ?? "");
      await save(FILE_NAME, JSON.stringify(data, null, 2));
      return "saved";
    } catch (error) {
      return error instanceof ApiError && error.status === 429 ? { wait_ms: error.retry_after_ms } : "failed";
    }
  }

  /** Erases the player on the server, then on this device, and stops the engine. */
  async erase(): Promise<EraseOutcome> {
    const { api, engine, storage, store, cloud_backup, forgetEconomy, init_data } = this.parts;
    try {
      await api.eraseMe(engine.sessionToken ?? "", init_data);
    } catch (error) {
      return error instanceof ApiError && error.code === "init_data_expired" ? "too_old" : "failed";
    }
    engine.stop();
    storage.clear();
    forgetEconomy();
    store.close();
    await cloud_backup.clear();
    return "erased";
  }
}

/** Saves a file: through the system's share sheet where frames can't download, as in Telegram's apps. */
export async function saveFile(name: string, text: string): Promise<void> {
  const file = new File([text], name, { type: "application/json" });
  const touch = matchMedia("(pointer: coarse)").matches;
  if (touch && typeof navigator.canShare === "function" && navigator.canShare({ files: [file] })) {
    try {
      return await navigator.share({ files: [file] });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return; // The player closed the sheet.
    }
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
