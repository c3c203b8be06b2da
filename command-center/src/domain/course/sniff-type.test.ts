import { expect, test } from 'vitest';
import { sniffType } from './sniff-type.ts';

const text = (words: string) => new TextEncoder().encode(words);
const bytes = (...parts: readonly (string | number)[]) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...text(part)])));

test.each([
  [bytes(0, 0, 0, 24, 'ftypisom'), 'video/mp4'],
  [bytes(0, 0, 0, 24, 'ftypmp42'), 'video/mp4'],
  [bytes(0, 0, 0, 24, 'ftypheic'), null],
  [bytes(0x1a, 0x45, 0xdf, 0xa3, 'xxxxB', 0x82, 'webm'), 'video/webm'],
  [bytes(0x1a, 0x45, 0xdf, 0xa3, 'xxxxB', 0x88, 'matroska'), null],
  [bytes(0xff, 0xd8, 0xff, 0xe0), 'image/jpeg'],
  [bytes(0x89, 'PNG\r\n', 0x1a, '\n'), 'image/png'],
  [bytes('RIFF', 1, 2, 3, 4, 'WEBPVP8 '), 'image/webp'],
  [bytes('RIFF', 1, 2, 3, 4, 'WAVEfmt '), null],
  [bytes('<html><script>'), null],
  [bytes('PK', 3, 4), null],
  [bytes('<svg xmlns='), null],
  [bytes(), null],
])('%#: a file is what its first bytes say', (head, type) => {
  expect(sniffType(head)).toBe(type);
});
