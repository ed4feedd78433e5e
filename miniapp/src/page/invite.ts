import { ApiError } from "../api/client";
import type { PreparedMessage } from "../api/types";
import type { WebApp } from "../telegram/webapp";
import type { InviteState } from "../ui/model";

const MAX_RETRY_WAIT_MS = 5000;

export interface InviteParts {
  app: WebApp;
  /** The invite link; null if the game does not know its bot's name. */
  link: () => string | null;
  text: () => string;
  /** Asks the bot to prepare the score card. */
  prepare: () => Promise<PreparedMessage>;
  copy: (text: string) => Promise<boolean>;
  wait: (ms: number) => Promise<void>;
  onState: (state: InviteState) => void;
}

/** Invites friends by the score card, else the link in Telegram's picker, else in the system's, else a copied link. */
export class Invite {
  private busy = false;

  constructor(private readonly parts: InviteParts) {}

  async share(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.parts.onState("busy");
    try {
      this.parts.onState((await this.shareCard()) ?? (await this.shareLink()) ?? (await this.copied()));
    } finally {
      this.busy = false;
    }
  }

  async copy(): Promise<void> {
    this.parts.onState(await this.copied());
  }

  private async shareCard(): Promise<InviteState | null> {
    const { app } = this.parts;
    if (!app.has("share_message")) return null;
    try {
      const ended = await app.shareMessage((await this.prepared()).prepared_message_id);
      return ended === "failed" ? null : ended === "sent" ? "shared" : "idle";
    } catch {
      return null; // The game or Telegram is unavailable, or limits the rate.
    }
  }

  /** Prepares the card; waits out a short rate limit, which a player meets who reopens the dialog at once. */
  private async prepared(): Promise<PreparedMessage> {
    const { prepare, wait } = this.parts;
    try {
      return await prepare();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 429 || error.retry_after_ms > MAX_RETRY_WAIT_MS) throw error;
      await wait(error.retry_after_ms);
      return prepare();
    }
  }

  private async shareLink(): Promise<InviteState | null> {
    const [url, text] = [this.parts.link(), this.parts.text()];
    if (url === null) return null;
    const picker = `https://t.me/share/url?${new URLSearchParams({ url, text }).toString()}`;
    if (this.parts.app.openTelegramLink(picker)) return "idle";
    if (typeof navigator.share !== "function") return null;
    try {
      await navigator.share({ url, text });
      return "shared";
    } catch (error) {
      return error instanceof DOMException && error.name === "AbortError" ? "idle" : null; // The player closed the sheet.
    }
  }

  private async copied(): Promise<InviteState> {
    const url = this.parts.link();
    return url !== null && (await this.parts.copy(url)) ? "copied" : "copy_failed";
  }
}

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text); // Not allowed in this frame, or not over plain http.
  }
}

function copyBySelection(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
  }
}
