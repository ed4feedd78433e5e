export interface BackoffRules {
  base_ms: number;
  cap_ms: number;
}

export const RETRY: BackoffRules = { base_ms: 1000, cap_ms: 20_000 };

/**
 * Tells how long to wait before attempt number `failures` + 1: exponential, with
 * half of it random so that clients do not come back all at once, and never less
 * than the server asked for.
 */
export function backoffMs(
  failures: number,
  random: () => number,
  retry_after_ms = 0,
  rules: BackoffRules = RETRY,
): number {
  const full = Math.min(rules.cap_ms, rules.base_ms * 2 ** Math.max(0, failures - 1));
  const spread = full / 2 + (random() * full) / 2;
  return retry_after_ms > 0 ? retry_after_ms + random() * rules.base_ms : spread;
}
