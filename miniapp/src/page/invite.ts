import type { WebApp } from "../telegram/webapp";

/** The link that opens the game as this player's friend; null where the bot's name is not known. */
export function inviteLink(bot_username: string | undefined, ref_code: string | undefined): string | null {
  if (!bot_username || !ref_code) return null;
  return `https://t.me/${bot_username.replace(/^@/, "")}?startapp=ref_${encodeURIComponent(ref_code)}`;
}

/** Offers a link to somebody: by Telegram's chat picker, else by the system's; false where neither is. */
export async function shareLink(app: WebApp, url: string, text: string): Promise<boolean> {
  const picker = `https://t.me/share/url?${new URLSearchParams({ url, text }).toString()}`;
  if (app.openTelegramLink(picker)) return true;
  if (typeof navigator.share !== "function") return false;
  try {
    await navigator.share({ url, text });
    return true;
  } catch (error) {
    return error instanceof DOMException && error.name === "AbortError"; // Seen, and closed.
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
  field.className = "unseen";
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
