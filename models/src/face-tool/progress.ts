import { LIMITS } from '#limits.ts';

/** Says now and then how far a long command is; a monotonic clock in milliseconds is an argument. */
export function startProgress(
  what: string,
  {
    total,
    say,
    nowMs = () => performance.now(),
  }: {
    readonly total: number;
    readonly say: (sentence: string) => void;
    readonly nowMs?: () => number;
  },
): (done: number) => void {
  let saidAtMs = nowMs();
  return (done) => {
    if (nowMs() - saidAtMs < LIMITS.progressMs) return;
    saidAtMs = nowMs();
    say(`${what}: ${done} of ${total}`);
  };
}

/** Names the first faults, then only counts them. */
export function nameFaults(say: (sentence: string) => void): (sentence: string) => void {
  let named = 0;
  return (sentence) => {
    named++;
    if (named <= LIMITS.namedFaults) say(sentence);
    if (named === LIMITS.namedFaults) say('Further ones are only counted.');
  };
}
