/**
 * For answers that may overtake each other. Called when something is asked for, it returns what tells, when the answer
 * is there, whether to show it: not if something asked for later has been shown.
 */
export function inOrder(): () => () => boolean {
  let begun = 0;
  let shown = 0;
  return () => {
    const turn = ++begun;
    return () => {
      if (turn < shown) return false;
      shown = turn;
      return true;
    };
  };
}
