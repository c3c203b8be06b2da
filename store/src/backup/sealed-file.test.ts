import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { backupLimits } from './limits.ts';
import { isSealed, openBytes, sealBytes } from './sealed-file.ts';

const passphrase = '拉萨河 in November';
const { frameBytes } = backupLimits;
const headerBytes = 24;
const storedBytes = frameBytes + 16;

/** Bytes that are the same each time and do not repeat within a frame. */
function bytesOf(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    createHash('sha256').update(String(index)).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

async function* inParts(bytes: Buffer, partBytes = 70_001): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += partBytes) yield bytes.subarray(at, at + partBytes);
}

async function all(source: AsyncIterable<Buffer>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(source));
}

const seal = (plain: Buffer) => all(sealBytes(inParts(plain), passphrase));
const open = (sealed: Buffer, words = passphrase) => all(openBytes(inParts(sealed), words));

test('what was sealed opens to the same bytes, whatever its length', async () => {
  for (const length of [0, frameBytes, 2 * frameBytes + 1]) {
    const plain = bytesOf(length);
    const sealed = await seal(plain);
    expect(isSealed(sealed)).toBe(true);
    expect((await open(sealed)).equals(plain)).toBe(true);
  }
  expect(isSealed(bytesOf(100))).toBe(false);
}, 60_000);

test('another passphrase, a flipped bit, a cut and swapped frames do not open', async () => {
  const sealed = await seal(bytesOf(3 * frameBytes + 5));
  await expect(open(sealed, 'another one')).rejects.toThrow('The passphrase does not open it');
  for (const at of [10, headerBytes, headerBytes + storedBytes + 7, sealed.length - 1]) {
    const flipped = Buffer.from(sealed);
    flipped.writeUInt8((flipped[at] ?? 0) ^ 1, at);
    await expect(open(flipped)).rejects.toThrow(/does not open it|is damaged/);
  }
  const frame = (nth: number) =>
    sealed.subarray(headerBytes + nth * storedBytes, headerBytes + (nth + 1) * storedBytes);
  const header = sealed.subarray(0, headerBytes);
  // Cut exactly between two frames: every frame that is left is whole.
  const cut = Buffer.concat([header, frame(0), frame(1)]);
  await expect(open(cut)).rejects.toThrow('It is damaged, or was cut off, in megabyte 2');
  const swapped = Buffer.concat([header, frame(0), frame(2), frame(1), frame(3)]);
  await expect(open(swapped)).rejects.toThrow('in megabyte 2');
  await expect(open(header.subarray(0, 9))).rejects.toThrow('cut off at its beginning');
}, 60_000);
