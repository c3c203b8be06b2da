import type { CourseFileType } from '@sightline/contracts';

/** Bytes from the start of a file that tell its type. */
export const sniffedBytes = 64;

const brands: readonly string[] = [
  'isom',
  'iso2',
  'iso4',
  'iso5',
  'iso6',
  'mp41',
  'mp42',
  'avc1',
  'M4V ',
  'dash',
];

/** What a file is by its first bytes, whatever it is called; null = nothing a lesson shows. */
export function sniffType(head: Uint8Array): CourseFileType | null {
  const textAt = (from: number, to: number): string =>
    String.fromCodePoint(...head.subarray(from, to));
  const startsWith = (...bytes: readonly number[]): boolean =>
    bytes.every((byte, index) => head[index] === byte);
  // ISO/IEC 14496-12, 4.3: the box that says which brand of file it is.
  if (textAt(4, 8) === 'ftyp' && brands.includes(textAt(8, 12))) return 'video/mp4';
  // RFC 8794, 11.2.1, and the DocType of WebM: Matroska of other kinds is not played.
  if (startsWith(0x1a, 0x45, 0xdf, 0xa3)) {
    return textAt(0, sniffedBytes).includes('webm') ? 'video/webm' : null;
  }
  if (startsWith(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (textAt(0, 4) === 'RIFF' && textAt(8, 12) === 'WEBP') return 'image/webp';
  return null;
}
