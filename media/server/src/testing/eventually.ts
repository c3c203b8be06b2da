import { setTimeout as pause } from 'node:timers/promises';

/** Asks until there is an answer; throws when there is none in time. */
export async function eventually<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  withinMs = 10_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`No answer within ${withinMs} ms.`);
    await pause(20);
  }
}
