import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { importLimits } from './import-limits.ts';
import { refuseFile, WorkbookFault } from './workbook-fault.ts';

/** A listed workbook: nothing is unpacked yet, and nothing in it is larger than it says. */
export interface Archive {
  readonly has: (part: string) => boolean;
  /** The unpacked bytes of a part; the stream fails where they are not as many as the list says. */
  readonly open: (part: string) => Promise<Readable>;
  readonly sizeOf: (part: string) => number;
  /** CRC-32 the list gives for it. */
  readonly checksumOf: (part: string) => number;
}

const zipMark = Buffer.from('PK\u0003\u0004', 'latin1');
/** OLE compound file: an old .xls, or the wrapping of an encrypted .xlsx ([MS-OFFCRYPTO] 2.3.4). */
const compoundMark = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const encryptedName = Buffer.from('EncryptedPackage', 'utf16le');

/** Lists what is in the file and refuses whatever is no plain workbook of a bearable size. */
export async function openArchive(file: Buffer): Promise<Archive> {
  if (file.subarray(0, 8).equals(compoundMark)) {
    throw refuseFile(file.includes(encryptedName) ? 'encrypted' : 'not-a-workbook');
  }
  if (!isZip(file)) throw refuseFile('not-a-workbook');
  try {
    const zip = await yauzl.fromBufferPromise(file);
    return archiveOf(zip, await listEntries(zip));
  } catch (cause) {
    if (cause instanceof WorkbookFault) throw cause;
    throw refuseFile('damaged', { part: 'zip' }, { cause });
  }
}

export function isZip(file: Buffer): boolean {
  return file.subarray(0, 4).equals(zipMark);
}

async function listEntries(zip: yauzl.ZipFile): Promise<ReadonlyMap<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>();
  let bytes = 0;
  let packedBytes = 0;
  for await (const entry of zip.eachEntry()) {
    const part = entry.fileName;
    const shown = part.slice(0, 80);
    if (entries.size >= importLimits.archiveEntries)
      throw tooLarge('zip', importLimits.archiveEntries);
    if (entry.isEncrypted()) throw refuseFile('encrypted');
    if (/vbaproject|macrosheets/i.test(part)) throw refuseFile('macros', { part: shown });
    if (entries.has(part)) throw refuseFile('damaged', { part: shown });
    bytes += entry.uncompressedSize;
    packedBytes += entry.compressedSize;
    refuseBomb(shown, { bytes: entry.uncompressedSize, packedBytes: entry.compressedSize });
    entries.set(part, entry);
  }
  refuseBomb('zip', { bytes, packedBytes });
  return entries;
}

function refuseBomb(
  part: string,
  { bytes, packedBytes }: { readonly bytes: number; readonly packedBytes: number },
): void {
  if (bytes > importLimits.archiveBytes) throw tooLarge(part, importLimits.archiveBytes);
  const isDense = bytes > importLimits.archiveRatio * packedBytes;
  if (isDense && bytes > importLimits.ratioFromBytes) {
    throw tooLarge(part, `${importLimits.archiveRatio} × ${packedBytes}`);
  }
}

function tooLarge(part: string, limit: number | string): WorkbookFault {
  return refuseFile('too-large-inside', { part, limit });
}

function archiveOf(zip: yauzl.ZipFile, entries: ReadonlyMap<string, yauzl.Entry>): Archive {
  const entryOf = (part: string): yauzl.Entry => {
    const entry = entries.get(part);
    if (entry === undefined) throw refuseFile('damaged', { part });
    return entry;
  };
  const archive: Archive = {
    has: (part) => entries.has(part),
    open: (part) => zip.openReadStreamPromise(entryOf(part)),
    sizeOf: (part) => entryOf(part).uncompressedSize,
    checksumOf: (part) => entryOf(part).crc32,
  };
  const needed = ['[Content_Types].xml', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels'];
  if (!needed.every((part) => archive.has(part))) throw refuseFile('not-a-workbook');
  return archive;
}
