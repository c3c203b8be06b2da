import { hash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Desired } from '@sightline/contracts';
import { writeDesiredFile } from '#desired/desired-file.ts';
import { keepEnrolment, openIdentity } from '#identity/identity.ts';
import { Outbox } from '#outbox/outbox.ts';
import { address } from '#testing/draft.ts';

export const person = { personId: randomUUID(), name: '扎西', post: '村主任' };
export const pinCode = '12345678';

/** Leaves in a folder what a terminal has that enrolled yesterday and is now without any link. */
export async function prepareEnrolledDir(dir: string): Promise<void> {
  const identity = await openIdentity(dir);
  const { region, terminalId } = address;
  const { source } = identity.key;
  await using outbox = await Outbox.open(join(dir, 'outbox.sqlite'));
  await outbox.createSource({ source, region, terminalId });
  await keepEnrolment(identity, { terminalId, region, source, simulated: false });
  await writeDesiredFile(join(dir, 'desired.json'), desiredWith([person]));
}

export function desiredWith(people: Desired['people'], version = 1): Desired {
  const { region, terminalId } = address;
  const salt = 'salt';
  return {
    v: 1,
    terminalId,
    version,
    region,
    placeNames: ['县', '乡', '村'],
    people,
    settings: { faceEnabled: true, demo: false },
    grants: [
      {
        grantId: randomUUID(),
        personId: person.personId,
        purpose: 'set-pin',
        salt,
        codeHash: hash('sha256', `${salt}\n${pinCode}`, 'base64url'),
        expiresAt: '2099-01-01T00:00:00.000Z',
      },
    ],
  };
}
