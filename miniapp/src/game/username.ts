export type NameProblem = "name_chars" | "name_short" | "name_long";

/** What is wrong with a name by the game's rule; null for one that may be asked for. */
export function nameProblem(name: string): NameProblem | null {
  if (/[^A-Za-z0-9_]/.test(name)) return "name_chars";
  if (name.length < 3) return "name_short";
  return name.length > 20 ? "name_long" : null;
}
