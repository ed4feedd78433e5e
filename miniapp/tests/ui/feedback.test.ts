import { beforeEach, describe, expect, test, vi } from "vitest";
import { createFeedback, pitchOf, type Felt } from "../../src/ui/feedback";

describe("haptics", () => {
  let felt: string[];
  let vibrated: (number | number[])[];
  let now: number;
  let telegram: boolean;
  const wanted = { haptics: true, sound: false };
  const feedback = () =>
    createFeedback({
      impact: (style) => telegram && felt.push(style) > 0,
      success: () => telegram && felt.push("success") > 0,
      vibrate: (pattern) => vibrated.push(pattern) > 0,
      audio: () => null,
      mono: () => now,
      wanted: () => wanted,
    });

  beforeEach(() => {
    [felt, vibrated, now, telegram] = [[], [], 0, true];
  });

  const KINDS: Felt[] = ["tap", "step", "level", "milestone"];

  test("differ by what a tap did", () => {
    for (const kind of KINDS) feedback().tap(kind, 1);
    expect(felt).toEqual(["light", "medium", "heavy", "success"]);
  });

  test("forty light taps a second are half as many impacts, and nothing greater is left out", () => {
    const one = feedback();
    for (now = 0; now < 1000; now += 25) one.tap("tap", 40);
    expect(felt).toHaveLength(20);
    one.tap("milestone", 40);
    expect(felt.at(-1)).toBe("success");
  });

  test("the phone vibrates where Telegram has no haptics", () => {
    telegram = false;
    for (const kind of KINDS) feedback().tap(kind, 1);
    expect(vibrated).toEqual([8, 16, 28, [30, 60, 50]]);
  });
});

test("the tone rises with the rate, over two octaves", () => {
  const tones = Array.from({ length: 41 }, (_, per_s) => pitchOf(per_s));
  expect(tones).toEqual([...tones].sort((a, b) => a - b));
  expect(pitchOf(25)).toBe(4 * pitchOf(0));
  expect(pitchOf(400)).toBe(pitchOf(25));
});

test("without sound no audio is made", () => {
  const audio = vi.fn(() => null);
  const none = { impact: () => true, success: () => true, vibrate: undefined, mono: () => 0 };
  createFeedback({ ...none, audio, wanted: () => ({ haptics: false, sound: false }) }).tap("tap", 1);
  expect(audio).not.toHaveBeenCalled();
  createFeedback({ ...none, audio, wanted: () => ({ haptics: false, sound: true }) }).tap("tap", 1);
  expect(audio).toHaveBeenCalledOnce();
});
