/** Time and timers, injected so that tests own them. */
export interface Clock {
  /** Wall time, ms since 1970. It may jump, so it is used only for what outlives the page. */
  now(): number;
  /** Monotonic ms since some fixed moment: for every interval. */
  mono(): number;
  /** Calls `run` once after `ms`; the returned function cancels it. */
  after(ms: number, run: () => void): () => void;
}

export const browserClock: Clock = {
  now: () => Date.now(),
  mono: () => performance.now(),
  after(ms, run) {
    const id = setTimeout(run, ms);
    return () => clearTimeout(id);
  },
};
