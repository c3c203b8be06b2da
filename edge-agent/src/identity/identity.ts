import { generateKeyPair } from 'node:crypto';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EnrolReply } from '@sightline/contracts';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { type DeviceKey, readDeviceKey } from '#identity/device-key.ts';
import { readFileIfThere } from '#identity/read-file-if-there.ts';
import { writeWholeFile } from '#identity/write-whole-file.ts';

/** Why a source may make no more facts; the terminal must be enrolled again with a new key. */
export const Finish = Type.Object({
  reason: Type.Union([
    Type.Literal('fork'),
    Type.Literal('outbox-lost'),
    Type.Literal('outbox-behind'),
  ]),
  at: Type.String(),
});
export type Finish = Static<typeof Finish>;

/** 终端身份. The device key and what the centre enrolled it as. */
export interface Identity {
  readonly dir: string;
  readonly key: DeviceKey;
  readonly enrolment: EnrolReply | null;
  readonly finish: Finish | null;
  /** Where unreadable files of an earlier identity were put, or null. */
  readonly setAside: string | null;
}

const files = {
  key: 'device-key.pem',
  nextKey: 'next-device-key.pem',
  enrolment: 'enrolment.json',
  finish: 'finished.json',
};
const enrolmentCheck = Compile(EnrolReply);
const finishCheck = Compile(Finish);
const makeKeyPair = promisify(generateKeyPair);

/** Reads the identity of a folder, making a key where there is none. What cannot be read is set aside. */
export async function openIdentity(dir: string): Promise<Identity> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await finishAdoption(dir);
  const [pem, enrolment, finish] = await Promise.all([
    readFileIfThere(join(dir, files.key)),
    readFileIfThere(join(dir, files.enrolment)),
    readFileIfThere(join(dir, files.finish)),
  ]);
  const setAside = null;
  try {
    const key = readDeviceKey(pem ?? (await makeKeyFile(join(dir, files.key))));
    const enrolled = enrolment === null ? null : parse(enrolment, enrolmentCheck);
    return {
      dir,
      key,
      // Stopped between a new key and its enrolment: the enrolment there is another key's.
      enrolment: enrolled?.source === key.source ? enrolled : null,
      finish: finish === null ? null : parse(finish, finishCheck),
      setAside,
    };
  } catch {
    // A key without its enrolment may have written facts already: only a new one is safe.
    const former = await moveAside(dir, `damaged-${Date.now()}`);
    return { ...(await openIdentity(dir)), setAside: former };
  }
}

/** Whether somebody was enrolled in this folder; makes nothing there, as `openIdentity` would. */
export async function holdsEnrolment(dir: string): Promise<boolean> {
  return (await readFileIfThere(join(dir, files.enrolment))) !== null;
}

/** Keeps what the centre enrolled this key as. Durable when it resolves. */
export async function keepEnrolment(identity: Identity, enrolment: EnrolReply): Promise<Identity> {
  await writeWholeFile(join(identity.dir, files.enrolment), JSON.stringify(enrolment));
  return { ...identity, enrolment };
}

/** Marks the source as finished; nothing is deleted. */
export async function finishIdentity(identity: Identity, finish: Finish): Promise<Identity> {
  await writeWholeFile(join(identity.dir, files.finish), JSON.stringify(finish));
  return { ...identity, finish };
}

/** The key that will follow this one: made once and kept, so that a lost answer can be asked again. */
export async function openNextKey({ dir }: Identity): Promise<DeviceKey> {
  const file = join(dir, files.nextKey);
  try {
    return readDeviceKey((await readFileIfThere(file)) ?? (await makeKeyFile(file)));
  } catch {
    return readDeviceKey(await makeKeyFile(file)); // Damaged, and never used: any other is as good.
  }
}

/** The next key becomes the key; the present one's files stay in `former/<source>/`. */
export async function adoptNextKey(identity: Identity): Promise<Identity> {
  await moveAside(identity.dir, identity.key.source);
  return openIdentity(identity.dir);
}

/** Moves the next key to the place that a former one left. */
async function finishAdoption(dir: string): Promise<void> {
  if ((await readFileIfThere(join(dir, files.key))) !== null) return;
  if ((await readFileIfThere(join(dir, files.nextKey))) === null) return;
  await rename(join(dir, files.nextKey), join(dir, files.key));
}

async function moveAside(dir: string, name: string): Promise<string> {
  const former = join(dir, 'former', name);
  await mkdir(former, { recursive: true, mode: 0o700 });
  // The key goes first: without it the rest counts for nothing on the next opening.
  for (const file of [files.key, files.enrolment, files.finish]) {
    if ((await readFileIfThere(join(dir, file))) === null) continue;
    await rename(join(dir, file), join(former, file));
  }
  return former;
}

async function makeKeyFile(file: string): Promise<string> {
  const { privateKey } = await makeKeyPair('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  await writeWholeFile(file, privateKey);
  return privateKey;
}

function parse<T>(text: string, check: { Check(value: unknown): value is T }): T {
  const value: unknown = JSON.parse(text);
  if (check.Check(value)) return value;
  throw new Error(`"${text.slice(0, 80)}" has not the expected shape.`);
}
