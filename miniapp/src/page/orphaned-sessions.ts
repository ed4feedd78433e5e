import { effect } from "@preact/signals";
import type { Api } from "../api/client";
import type { CloudBackup } from "../game/cloud-backup";
import { browserClock as clock } from "../game/clock";
import { drain } from "../game/drain";
import type { Engine } from "../game/engine";
import type { LocalSessionStorage } from "../game/local-session-storage";
import type { SessionRecord } from "../game/session-record";
import type { Rate } from "../game/token-bucket";
import { status } from "../ui/model";

interface Parts {
  api: Api;
  init_data: string;
  engine: Engine;
  storage: LocalSessionStorage;
  cloud_backup: CloudBackup;
}

const CHECK_EVERY_MS = 60_000;

/** Uploads the unsent taps of closed tabs and lost devices whenever the server is reachable. */
export function uploadOrphanedSessions({ api, init_data, engine, storage, cloud_backup }: Parts): void {
  let busy = false;
  let backups_checked = false;
  const setRate = (rate: Rate) => engine.setRate(rate);
  const upload = (record: SessionRecord, onProgress: (record: SessionRecord) => void) =>
    drain(record, { api, clock, init_data, bucket: engine.send_bucket, setRate, onProgress });
  const check = async () => {
    if (busy || status.peek() !== "online") return;
    busy = true;
    try {
      for (const record of await storage.claimOrphaned()) await upload(record, (progress) => storage.write(progress));
      if (backups_checked) return;
      backups_checked = true;
      for (const record of await cloud_backup.load()) {
        if (storage.read(record.session_id)) continue; // This device has a newer copy.
        await upload(record, () => undefined);
        cloud_backup.remove(record.session_id);
      }
    } catch {
      // Everything is still stored: the next check tries again.
    } finally {
      busy = false;
    }
  };
  effect(() => {
    if (status.value === "online") void check();
  });
  setInterval(() => void check(), CHECK_EVERY_MS);
}
