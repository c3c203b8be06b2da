import { crc32, deflateRawSync } from 'node:zlib';
import yauzl from 'yauzl';

/** A part of a workbook: its bytes, or what its text is turned into. */
type Edit = Buffer | ((text: string) => string);

interface Lies {
  /** Listed with a wrong CRC-32. */
  readonly spoilSumOf?: string;
  /** Listed with another unpacked size, bytes. */
  readonly claim?: Readonly<Record<string, number>>;
}

/** The same zip with some parts replaced or added. */
export async function editZip(
  file: Buffer,
  edits: Readonly<Record<string, Edit>>,
  lies: Lies = {},
): Promise<Buffer> {
  const zip = await yauzl.fromBufferPromise(file);
  const parts: Record<string, Buffer> = {};
  for await (const entry of zip.eachEntry()) {
    const pieces: Buffer[] = [];
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
    parts[entry.fileName] = Buffer.concat(pieces);
  }
  for (const [part, edit] of Object.entries(edits)) {
    parts[part] = Buffer.isBuffer(edit) ? edit : Buffer.from(edit(String(parts[part])));
  }
  return zipOf(parts, lies);
}

/** A zip of these parts (APPNOTE 6.3: local headers, central directory, its end). */
export function zipOf(parts: Readonly<Record<string, Buffer>>, lies: Lies = {}): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [part, bytes] of Object.entries(parts)) {
    const packed = deflateRawSync(bytes);
    const name = Buffer.from(part);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); // Version needed.
    common.writeUInt16LE(8, 4); // Deflated.
    common.writeUInt32LE((crc32(bytes) ^ (part === lies.spoilSumOf ? 1 : 0)) >>> 0, 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(lies.claim?.[part] ?? bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, name, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    const listed = [Buffer.from('PK\u0001\u0002\u0014\u0000'), common, rest, name];
    bodies.push(local);
    directory.push(...listed);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(bodies.length, 8);
  end.writeUInt16LE(bodies.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listing, end]);
}
