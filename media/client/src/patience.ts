/**
 * Acts once nothing of the patience is left; how much is left after so many milliseconds is asked anew each time it
 * seems to be over, for a link may turn out to be thin meanwhile. Returns what ends the wait.
 */
export function whenOutOfPatience(
  leftMs: (waitedMs: number) => number,
  act: () => void,
): () => void {
  const sinceMs = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    const left = leftMs(performance.now() - sinceMs);
    if (left <= 0) act();
    else timer = setTimeout(look, left);
  };
  timer = setTimeout(look, leftMs(0));
  return () => clearTimeout(timer);
}

/**
 * What is left for an answer: it is given up where it is late and nothing else has been heard on the connection for as
 * long. Where bytes move, the answer stands behind them.
 */
export function leftForAnswerMs(waitedMs: number, quietMs: number, patienceMs: number): number {
  return patienceMs - Math.min(waitedMs, quietMs);
}
