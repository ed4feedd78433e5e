import type { WebApp } from "./webapp";

/** Telegram's CloudStorage: 1024 keys of 4096 characters for each player of the bot. */
export class CloudStorage {
  constructor(private readonly app: Pick<WebApp, "invoke" | "has">) {}

  get available(): boolean {
    return this.app.has("cloud");
  }

  async set(key: string, value: string): Promise<void> {
    await this.app.invoke("saveStorageValue", { key, value });
  }

  async remove(key: string): Promise<void> {
    await this.app.invoke("deleteStorageValues", { keys: [key] });
  }

  /** All values whose key starts with `prefix`. */
  async all(prefix: string): Promise<Map<string, string>> {
    const found = await this.app.invoke("getStorageKeys", {});
    const keys = (Array.isArray(found) ? found : []).filter(
      (key): key is string => typeof key === "string" && key.startsWith(prefix),
    );
    if (keys.length === 0) return new Map();
    const values = (await this.app.invoke("getStorageValues", { keys })) as Record<string, string>;
    return new Map(keys.map((key) => [key, values[key] ?? ""]));
  }
}
