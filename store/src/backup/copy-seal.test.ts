import { expect, test } from 'vitest';
import { isSealedCopy, openCopySeal, openedCopyBytes, sealedCopyBytes } from './copy-seal.ts';
import { backupLimits } from './limits.ts';

const passphrase = '拉萨河 in November';
const { frameBytes } = backupLimits;
const name = 'recordings/a/000001.webm';

async function* inParts(bytes: Buffer, partBytes = 65_536): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += partBytes) yield bytes.subarray(at, at + partBytes);
}
const all = async (source: AsyncIterable<Buffer>) => Buffer.concat(await Array.fromAsync(source));

const ours = openCopySeal(passphrase, null);
const seal = (plain: Buffer, place = name) => all(ours.seal(inParts(plain), place));
const open = (sealed: Buffer, place = name) => all(ours.open(inParts(sealed), place));

test('a file opens to the same bytes, and both lengths are known beforehand', async () => {
  for (const length of [0, 1, frameBytes, frameBytes + 1, 2 * frameBytes]) {
    const plain = Buffer.alloc(length, 'film');
    const sealed = await seal(plain);
    expect([sealed.length, isSealedCopy(sealed)]).toEqual([sealedCopyBytes(length), true]);
    expect(openedCopyBytes(sealed.length)).toBe(length);
    expect((await open(sealed)).equals(plain)).toBe(true);
  }
}, 60_000);

test('no two files have a key in common, and a later run opens what an earlier one sealed', async () => {
  const plain = Buffer.alloc(1_000, 'film');
  const [first, second] = [await seal(plain), await seal(plain)];
  expect(first.subarray(8, 24).equals(second.subarray(8, 24))).toBe(true);
  expect(first.subarray(40).equals(second.subarray(40))).toBe(false);
  const later = openCopySeal(passphrase, first);
  expect((await all(later.open(inParts(second), name))).equals(plain)).toBe(true);
}, 60_000);

test('another name, another passphrase, a flipped bit, a cut and a swapped frame do not open', async () => {
  const sealed = await seal(Buffer.alloc(2 * frameBytes + 5, 'film'));
  await expect(open(sealed, 'recordings/a/000002.webm')).rejects.toThrow('does not open it');
  const others = openCopySeal('another passphrase', sealed);
  await expect(all(others.open(inParts(sealed), name))).rejects.toThrow('does not open it');
  for (const at of [9, 30, 41, 40 + frameBytes + 20, sealed.length - 1]) {
    const flipped = Buffer.from(sealed);
    flipped.writeUInt8((flipped[at] ?? 0) ^ 1, at);
    await expect(open(flipped)).rejects.toThrow(/does not open it|is damaged/);
  }
  const cut = sealed.subarray(0, 40 + frameBytes + 16);
  await expect(open(cut)).rejects.toThrow('does not open it, or its beginning is damaged');
  const frame = (nth: number) =>
    sealed.subarray(40 + nth * (frameBytes + 16), 40 + (nth + 1) * (frameBytes + 16));
  const swapped = Buffer.concat([sealed.subarray(0, 40), frame(1), frame(0), frame(2)]);
  await expect(open(swapped)).rejects.toThrow('does not open it');
  await expect(open(sealed.subarray(0, 20))).rejects.toThrow('cut off at its beginning');
  await expect(open(Buffer.alloc(60))).rejects.toThrow('It is not sealed.');
}, 60_000);

test('a copy whose files have ever new salts is not worked on without end', async () => {
  const hostile = openCopySeal(passphrase, null);
  const sealed = await seal(Buffer.alloc(10));
  const answers: unknown[] = [];
  for (let salt = 0; salt < 5; salt += 1) {
    const other = Buffer.from(sealed);
    other.writeUInt8(salt, 8);
    await all(hostile.open(inParts(other), name)).catch((fault: unknown) => answers.push(fault));
  }
  expect(String(answers.at(-1))).toContain('made elsewhere');
}, 120_000);
