import { pause } from '#engine/pause.ts';

const deadlineMs = 20_000;
const lookMs = 10;

/** Waits until the condition holds; throws after 20 s, naming it. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`It did not come about: ${what}.`);
    await pause(lookMs);
  }
}
