import { Health } from '@sightline/contracts';
import { Compile } from 'typebox/compile';

const answerWithinMs = 3_000;
const check = Compile(Health);

/** What the centre on this machine says of its parts; null where no centre of ours answers. */
export async function readParts(portBase: number): Promise<Health['parts'] | null> {
  try {
    const signal = AbortSignal.timeout(answerWithinMs);
    const reply = await fetch(`http://127.0.0.1:${portBase}/healthz`, { signal });
    const value: unknown = await reply.json();
    return check.Check(value) ? value.parts : null;
  } catch {
    return null; // Nobody listens there, or somebody else.
  }
}
