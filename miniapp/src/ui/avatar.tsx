import { useState } from "preact/hooks";

const HUES = 8;

/** One of the colours in identity.css, always the same for a player. */
export function hueOf(id: string): number {
  return [...id].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) >>> 0, 7) % HUES;
}

/** Up to two letters: of a generated name its two words', of a username its first. */
export function initials(name: string): string {
  const words = name.split(/[\s_]+/).filter((word) => /^\p{L}/u.test(word));
  return (words.length > 0 ? words : [name]).slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
}

interface Props {
  id: string;
  name: string;
  /** The photo that Telegram has of the player who looks at the page; of nobody else. */
  photo?: string | null;
}

/** A coloured disc with a player's initials, or their photo. It only decorates the name beside it. */
export function Avatar({ id, name, photo = null }: Props) {
  const [broken, setBroken] = useState<string | null>(null);
  return (
    <span class={`avatar hue-${hueOf(id)}`} aria-hidden="true">
      {photo && photo !== broken ? (
        <img src={photo} alt="" decoding="async" referrerPolicy="no-referrer" onError={() => setBroken(photo)} />
      ) : (
        initials(name)
      )}
    </span>
  );
}
