/** Haptics and sound of a tap. */
export interface Feedback {
  tap(): void;
}

export interface FeedbackParts {
  /** Telegram's haptics; false if there are none. */
  impact: () => boolean;
  vibrate: ((ms: number) => boolean) | undefined;
  audio: () => AudioContext | null;
  wanted: () => { haptics: boolean; sound: boolean };
}

/** The click of the button: a short falling tone, synthesized rather than loaded. */
function click(audio: AudioContext): void {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  const now = audio.currentTime;
  tone.type = "triangle";
  tone.frequency.setValueAtTime(620 + Math.random() * 60, now);
  tone.frequency.exponentialRampToValueAtTime(240, now + 0.06);
  volume.gain.setValueAtTime(0.12, now);
  volume.gain.exponentialRampToValueAtTime(0.001, now + 0.08);
  tone.connect(volume).connect(audio.destination);
  tone.start(now);
  tone.stop(now + 0.09);
}

export function createFeedback(parts: FeedbackParts): Feedback {
  let audio: AudioContext | null = null;
  return {
    tap() {
      const { haptics, sound } = parts.wanted();
      if (haptics && !parts.impact()) parts.vibrate?.(8);
      if (!sound) return;
      audio ??= parts.audio();
      if (audio?.state === "suspended") void audio.resume(); // Browsers suspend audio until a user gesture.
      if (audio) click(audio);
    },
  };
}
