import { createCipheriv, createDecipheriv, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { backupLimits as limits } from './limits.ts';

const tagBytes = 16;
const storedFrameBytes = limits.frameBytes + tagBytes;

/** What opens frames: a key of 32 bytes that no other stream has, and what they are bound to. */
export interface FrameSeal {
  readonly key: Buffer;
  readonly bound: Buffer;
}

/**
 * AES-256-GCM in frames of 1 MiB. A frame's nonce says its number and whether it is the last, so frames that are cut off,
 * swapped or taken from another stream do not open.
 */
export async function* sealFrames(
  source: AsyncIterable<Uint8Array>,
  { key, bound }: FrameSeal,
): AsyncGenerator<Buffer> {
  let nth = 0;
  for await (const { frame, isLast } of inFrames(source, limits.frameBytes)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(nth, isLast)).setAAD(bound);
    yield Buffer.concat([cipher.update(frame), cipher.final(), cipher.getAuthTag()]);
    nth += 1;
  }
}

/** The bytes that were sealed. Throws a sentence at the first frame that does not open. */
export async function* openFrames(
  source: AsyncIterable<Uint8Array>,
  seal: FrameSeal,
): AsyncGenerator<Buffer> {
  let nth = 0;
  for await (const { frame, isLast } of inFrames(source, storedFrameBytes)) {
    yield openFrame(frame, { ...seal, nth, isLast });
    nth += 1;
  }
}

/** How long so many bytes are in frames. */
export function framedBytes(plainBytes: number): number {
  return plainBytes + tagBytes * Math.max(1, Math.ceil(plainBytes / limits.frameBytes));
}

/** How many bytes come out of so many in frames. */
export function unframedBytes(storedBytes: number): number {
  return Math.max(0, storedBytes - tagBytes * Math.ceil(storedBytes / storedFrameBytes));
}

interface Opening extends FrameSeal {
  readonly nth: number;
  readonly isLast: boolean;
}

function openFrame(frame: Buffer, { key, bound, nth, isLast }: Opening): Buffer {
  try {
    if (frame.length < tagBytes) throw new Error('The frame is shorter than its proof.');
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(nth, isLast));
    decipher.setAAD(bound).setAuthTag(frame.subarray(-tagBytes));
    return Buffer.concat([decipher.update(frame.subarray(0, -tagBytes)), decipher.final()]);
  } catch (cause) {
    const sentence =
      nth === 0
        ? 'The passphrase does not open it, or its beginning is damaged.'
        : `It is damaged, or was cut off, in megabyte ${nth + 1}.`;
    throw new Error(sentence, { cause });
  }
}

function nonceOf(nth: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(nth, 4);
  nonce.writeUInt8(isLast ? 1 : 0, 8);
  return nonce;
}

/** scrypt: 128 MB and a part of a second for each guess. */
export function deriveKey(passphrase: string, salt: Buffer): Promise<Buffer> {
  const cost = { N: limits.scryptCost, r: 8, p: 1, maxmem: limits.scryptBytes };
  const derive = promisify<string, Buffer, number, typeof cost, Buffer>(scrypt);
  return derive(passphrase.normalize('NFKC'), salt, 32, cost);
}

interface Frame {
  readonly frame: Buffer;
  readonly isLast: boolean;
}

/** Cuts a stream into frames of one size; the last may be shorter, and there is always a last one. */
async function* inFrames(
  source: AsyncIterable<Uint8Array>,
  frameBytes: number,
): AsyncGenerator<Frame> {
  let held: Buffer = Buffer.alloc(0);
  for await (const part of source) {
    held = Buffer.concat([held, part]);
    // What fills a frame exactly is held back: it may be the last.
    while (held.length > frameBytes) {
      yield { frame: held.subarray(0, frameBytes), isLast: false };
      held = held.subarray(frameBytes);
    }
  }
  yield { frame: held, isLast: true };
}

export interface Headed {
  readonly header: Buffer;
  readonly rest: AsyncIterable<Uint8Array>;
}

/** The first bytes of a stream, and what comes after them. Throws where it is shorter. */
export async function takeHeader(
  source: AsyncIterable<Uint8Array>,
  headerBytes: number,
): Promise<Headed> {
  const parts = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  while (held.length < headerBytes) {
    const next = await parts.next();
    if (next.done === true) throw new Error('It was cut off at its beginning.');
    held = Buffer.concat([held, next.value]);
  }
  const first = held.subarray(headerBytes);
  async function* rest(): AsyncGenerator<Uint8Array> {
    yield first;
    for (let next = await parts.next(); next.done !== true; next = await parts.next()) {
      yield next.value;
    }
  }
  return { header: held.subarray(0, headerBytes), rest: rest() };
}
