/** What a tap did, as the player feels and hears it; the greatest counts. */
export type Felt = "tap" | "step" | "level" | "milestone";

export type Impact = "light" | "medium" | "heavy";

/** Haptics and sound of taps. */
export interface Feedback {
  /** At this rate of taps a second: the faster, the higher the tone. */
  tap(felt: Felt, per_s: number): void;
}

export interface FeedbackParts {
  /** Telegram's haptics; false if there are none. */
  impact: (style: Impact) => boolean;
  success: () => boolean;
  vibrate: ((pattern: number | number[]) => boolean) | undefined;
  audio: () => AudioContext | null;
  mono: () => number;
  wanted: () => { haptics: boolean; sound: boolean };
}

const IMPACTS = { tap: "light", step: "medium", level: "heavy" } as const;
const VIBRATIONS = { tap: 8, step: 16, level: 28, milestone: [30, 60, 50] };

/** Motors and ears tell no more apart. */
const LIGHT_EVERY_MS = 45;

const LOWEST_HZ = 330;
/** Two octaves over the rate that counts in the long run. */
const TONES_TO = 25;

/** The pitch of a tap: rises with the rate, in steps of a pentatonic scale so that it stays pleasant. */
export function pitchOf(per_s: number): number {
  const SCALE = [0, 2, 4, 7, 9];
  const note = Math.round((Math.min(per_s, TONES_TO) / TONES_TO) * SCALE.length * 2);
  const semitones = 12 * Math.floor(note / SCALE.length) + (SCALE[note % SCALE.length] as number);
  return LOWEST_HZ * 2 ** (semitones / 12);
}

/** A short tone, synthesized rather than loaded. */
function tone(audio: AudioContext, hz: number, after_s: number, length_s: number): void {
  const source = audio.createOscillator();
  const volume = audio.createGain();
  const begins = audio.currentTime + after_s;
  source.type = "triangle";
  source.frequency.setValueAtTime(hz, begins);
  source.frequency.exponentialRampToValueAtTime(hz * 0.7, begins + length_s);
  volume.gain.setValueAtTime(0.1, begins);
  volume.gain.exponentialRampToValueAtTime(0.001, begins + length_s);
  source.connect(volume).connect(audio.destination);
  source.start(begins);
  source.stop(begins + length_s);
}

export function createFeedback(parts: FeedbackParts): Feedback {
  let audio: AudioContext | null = null;
  let light_at = Number.NEGATIVE_INFINITY;

  const feel = (felt: Felt) => {
    const now = parts.mono();
    if (felt === "tap" && now - light_at < LIGHT_EVERY_MS) return;
    light_at = now;
    if (!(felt === "milestone" ? parts.success() : parts.impact(IMPACTS[felt]))) parts.vibrate?.(VIBRATIONS[felt]);
  };
  const sound = (felt: Felt, per_s: number) => {
    audio ??= parts.audio();
    if (audio?.state === "suspended") void audio.resume(); // Browsers suspend audio until a user gesture.
    if (!audio) return;
    const hz = pitchOf(per_s);
    tone(audio, hz, 0, 0.08);
    const chord = felt === "milestone" ? [1, 1.25, 1.5, 2] : felt === "level" ? [1.5, 2] : [];
    for (const [i, ratio] of chord.entries()) tone(audio, hz * ratio, 0.07 * (i + 1), 0.22);
  };
  return {
    tap(felt, per_s) {
      const wanted = parts.wanted();
      if (wanted.haptics) feel(felt);
      if (wanted.sound) sound(felt, per_s);
    },
  };
}
