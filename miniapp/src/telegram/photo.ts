/**
 * The address of a player's own photo as Telegram's launch data has it; null for any other host's: the fragment that
 * carries it is not signed, and a foreign host would learn who plays.
 */
export function telegramPhoto(given: unknown): string | null {
  if (typeof given !== "string" || !URL.canParse(given)) return null;
  const { protocol, host, username, password, href } = new URL(given);
  return protocol === "https:" && host === "t.me" && !username && !password ? href : null;
}
