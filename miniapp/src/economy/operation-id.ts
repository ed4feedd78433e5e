/**
 * The id of an operation: a UUIDv7 (RFC 9562), which begins with the time it was made at. The server tells by it how old
 * a request is that comes again.
 */
export function operationId(now_ms: number, random: Uint8Array): string {
  const bytes = Uint8Array.from(random.slice(0, 16));
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now_ms / 2 ** (40 - 8 * i)) % 256;
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
