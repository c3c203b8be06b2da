import { type Refusal, refuse } from '@sightline/contracts';
import type { Enrolment } from '#identity/enrolment.ts';
import type { LinkChange } from '#uplink/start-uplink.ts';

/** Why a terminal has no link while none is up, and what is to be done. */
export function whyUnlinked({ state }: Enrolment): Pick<LinkChange, 'cause'> & { detail: string } {
  if (state === 'enrolled') return { cause: 'unreachable', detail: 'The link is being made.' };
  return { cause: 'not-enrolled', detail: 'Enter the one-time code of the console to enrol.' };
}

/** Nothing is recorded before a first enrolment. */
export function refuseUnenrolled(): Refusal {
  return refuse(
    'not-enrolled',
    'This terminal is not enrolled: enter the one-time code of the console first.',
  );
}

/** Nothing is recorded under a key that has ended. */
export function refuseFinished(): Refusal {
  return refuse(
    'terminal-finished',
    'This terminal’s key is finished and its facts would not be accepted: enrol it again with a new code.',
  );
}
