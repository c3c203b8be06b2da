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
}

const files = { key: 'device-key.pem', enrolment: 'enrolment.json', finish: 'finished.json' };
const enrolmentCheck = Compile(EnrolReply);
const finishCheck = Compile(Finish);
const makeKeyPair = promisify(generateKeyPair);

/** Reads the identity of a folder, making a key where there is none. Throws on files it cannot trust. */
export async function openIdentity(dir: string): Promise<Identity> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const [pem, enrolment, finish] = await Promise.all([
    readFileIfThere(join(dir, files.key)),
    readFileIfThere(join(dir, files.enrolment)),
    readFileIfThere(join(dir, files.finish)),
  ]);
  const key = readDeviceKey(pem ?? (await makeKeyFile(dir)));
  const enrolled = enrolment === null ? null : parse(enrolment, join(dir, files.enrolment));
  return {
    dir,
    key,
    // Crashed between a new key and its enrolment: the old enrolment is not this key's.
    enrolment: enrolmentCheck.Check(enrolled) && enrolled.source === key.source ? enrolled : null,
    finish: finish === null ? null : parseFinish(finish, join(dir, files.finish)),
  };
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

/** A new key for a new source; the old one's files stay in `former/<source>/`. */
export async function renewIdentity(identity: Identity): Promise<Identity> {
  const former = join(identity.dir, 'former', identity.key.source);
  await mkdir(former, { recursive: true, mode: 0o700 });
  // The key goes first: without it the rest counts for nothing on the next opening.
  for (const file of [files.key, files.enrolment, files.finish]) {
    if ((await readFileIfThere(join(identity.dir, file))) === null) continue;
    await rename(join(identity.dir, file), join(former, file));
  }
  return openIdentity(identity.dir);
}

async function makeKeyFile(dir: string): Promise<string> {
  const { privateKey } = await makeKeyPair('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  await writeWholeFile(join(dir, files.key), privateKey);
  return privateKey;
}

function parseFinish(text: string, file: string): Finish {
  const finish = parse(text, file);
  if (finishCheck.Check(finish)) return finish;
  throw new Error(`${file} is damaged: remove it to try the old key, or enrol the terminal again.`);
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is no JSON: enrol the terminal again with an empty folder.`, {
      cause,
    });
  }
}
