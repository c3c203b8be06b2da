import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { peoplePerVillage } from '@sightline/contracts';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { readFileIfThere } from '#identity/read-file-if-there.ts';
import { writeWholeFile } from '#identity/write-whole-file.ts';

export interface StoredTemplate {
  readonly personId: string;
  /** The model that made it. */
  readonly model: string;
  readonly template: Float32Array;
}

const galleryCheck = Compile(
  Type.Array(
    Type.Object({
      personId: Type.String(),
      model: Type.String(),
      template: Type.String({ description: 'float32 little-endian, base64' }),
    }),
    { maxItems: peoplePerVillage },
  ),
);

/** The first line of the file; authenticated with the rest. */
const magic = 'sightline gallery v1\n';
const ivBytes = 12;
const tagBytes = 16;

/** The file's templates; none when there is no file. A file that cannot be opened is set aside. */
export async function readGalleryFile(
  dir: string,
  key: Buffer,
): Promise<{ readonly stored: readonly StoredTemplate[]; readonly trouble: string | null }> {
  const file = join(dir, 'gallery.sealed');
  const text = await readFileIfThere(file);
  if (text === null) return { stored: [], trouble: null };
  try {
    return { stored: decrypt(text, key), trouble: null };
  } catch {
    await rename(file, `${file}.unreadable`);
    return {
      stored: [],
      trouble: `The face gallery could not be read and was set aside as ${file}.unreadable. Enrol the people again.`,
    };
  }
}

export async function writeGalleryFile(
  dir: string,
  key: Buffer,
  stored: readonly StoredTemplate[],
): Promise<void> {
  await writeWholeFile(join(dir, 'gallery.sealed'), encrypt(stored, key));
}

// AES-256-GCM: iv, tag and ciphertext in base64 after the first line.
function encrypt(stored: readonly StoredTemplate[], key: Buffer): string {
  const rows = stored.map(({ personId, model, template }) => {
    const bytes = Buffer.from(template.buffer, template.byteOffset, template.byteLength);
    return { personId, model, template: bytes.toString('base64') };
  });
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(magic));
  const locked = Buffer.concat([cipher.update(JSON.stringify(rows), 'utf8'), cipher.final()]);
  return magic + Buffer.concat([iv, cipher.getAuthTag(), locked]).toString('base64');
}

function decrypt(text: string, key: Buffer): StoredTemplate[] {
  if (!text.startsWith(magic)) throw new Error('not a gallery file');
  const bytes = Buffer.from(text.slice(magic.length), 'base64');
  const iv = bytes.subarray(0, ivBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
    .setAAD(Buffer.from(magic))
    .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  const locked = bytes.subarray(ivBytes + tagBytes);
  const open = Buffer.concat([decipher.update(locked), decipher.final()]);
  const rows: unknown = JSON.parse(open.toString('utf8'));
  if (!galleryCheck.Check(rows)) throw new Error('not the rows of a gallery');
  return rows.map(({ personId, model, template }) => ({
    personId,
    model,
    template: floatsOf(Buffer.from(template, 'base64')),
  }));
}

function floatsOf(bytes: Buffer): Float32Array {
  const aligned = new Uint8Array(bytes);
  return new Float32Array(aligned.buffer);
}
