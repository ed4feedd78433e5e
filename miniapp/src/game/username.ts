export type NameProblem = "name_chars" | "name_short" | "name_long";

/** Which rule a name breaks; null for a valid name. */
export function nameProblem(name: string): NameProblem | null {
  if (/[^A-Za-z0-9_]/.test(name)) return "name_chars";
  if (name.length < 3) return "name_short";
  return name.length > 20 ? "name_long" : null;
}
