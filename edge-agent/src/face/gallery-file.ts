import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { ErasureReason } from '@sightline/contracts';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { keyIdPattern, newGalleryKey, readGalleryKey, type GalleryKey } from '#face/gallery-key.ts';
import { readFileIfThere } from '#identity/read-file-if-there.ts';
import { writeWholeFile } from '#identity/write-whole-file.ts';

export interface StoredTemplate {
  readonly personId: string;
  /** The model that made it. */
  readonly model: string;
  readonly template: Float32Array;
}

const Owed = Type.Object({
  personId: Type.String(),
  model: Type.String(),
  reason: ErasureReason,
  isOwnWord: Type.Boolean(),
});
/** An erasure that is done and not yet a fact. `isOwnWord`: the person withdrew here, which is to be told too. */
export type OwedReceipt = Readonly<Static<typeof Owed>>;

/** All that the gallery's file holds. */
export interface GalleryContent {
  readonly stored: readonly StoredTemplate[];
  readonly owed: readonly OwedReceipt[];
}

export const owedAtMost = 100;

const contentCheck = Compile(
  Type.Object({
    templates: Type.Array(
      Type.Object({
        personId: Type.String(),
        model: Type.String(),
        template: Type.String({ description: 'float32 little-endian, base64' }),
      }),
    ),
    owed: Type.Array(Owed, { maxItems: owedAtMost }),
  }),
);

/** The first line of the file, with the key's name; authenticated with the rest. */
const magic = 'sightline gallery v1 ';
const ivBytes = 12;
const tagBytes = 16;
const empty: GalleryContent = { stored: [], owed: [] };

export interface OpenedGallery {
  readonly content: GalleryContent;
  readonly key: GalleryKey;
  /** A sentence when the people must be enrolled again, or null. */
  readonly trouble: string | null;
}

/** The file's content and key; nothing and a new key when there is no file. One that cannot be opened is set aside. */
export async function readGalleryFile(dir: string): Promise<OpenedGallery> {
  const file = join(dir, 'gallery.sealed');
  const text = await readFileIfThere(file);
  if (text === null) return { content: empty, key: await newGalleryKey(dir), trouble: null };
  try {
    const key = await keyOf(dir, text);
    return { content: decrypt(text, key), key, trouble: null };
  } catch {
    const key = await setAside(dir, file);
    const trouble = `The face gallery could not be read and was set aside as ${file}.unreadable. Enrol the people again.`;
    return { content: empty, key, trouble };
  }
}

async function setAside(dir: string, file: string): Promise<GalleryKey> {
  await rename(file, `${file}.unreadable`);
  return newGalleryKey(dir);
}

async function keyOf(dir: string, text: string): Promise<GalleryKey> {
  const id = text.slice(magic.length, text.indexOf('\n'));
  if (!text.startsWith(magic) || !keyIdPattern.test(id)) throw new Error('not a gallery file');
  return readGalleryKey(dir, id);
}

export async function writeGalleryFile(
  dir: string,
  key: GalleryKey,
  content: GalleryContent,
): Promise<void> {
  await writeWholeFile(join(dir, 'gallery.sealed'), encrypt(content, key));
}

function headOf({ id }: GalleryKey): string {
  return `${magic}${id}\n`;
}

// AES-256-GCM: iv, tag and ciphertext in base64 after the first line.
function encrypt({ stored, owed }: GalleryContent, key: GalleryKey): string {
  const templates = stored.map(({ personId, model, template }) => {
    const bytes = Buffer.from(template.buffer, template.byteOffset, template.byteLength);
    return { personId, model, template: bytes.toString('base64') };
  });
  const iv = randomBytes(ivBytes);
  const head = headOf(key);
  const cipher = createCipheriv('aes-256-gcm', key.secret, iv).setAAD(Buffer.from(head));
  const open = JSON.stringify({ templates, owed });
  const locked = Buffer.concat([cipher.update(open, 'utf8'), cipher.final()]);
  return head + Buffer.concat([iv, cipher.getAuthTag(), locked]).toString('base64');
}

function decrypt(text: string, key: GalleryKey): GalleryContent {
  const head = headOf(key);
  const bytes = Buffer.from(text.slice(head.length), 'base64');
  const iv = bytes.subarray(0, ivBytes);
  const decipher = createDecipheriv('aes-256-gcm', key.secret, iv, { authTagLength: tagBytes })
    .setAAD(Buffer.from(head))
    .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  const locked = bytes.subarray(ivBytes + tagBytes);
  const open = Buffer.concat([decipher.update(locked), decipher.final()]);
  const content: unknown = JSON.parse(open.toString('utf8'));
  if (!contentCheck.Check(content)) throw new Error('not the content of a gallery');
  const stored = content.templates.map(({ personId, model, template }) => ({
    personId,
    model,
    template: floatsOf(Buffer.from(template, 'base64')),
  }));
  return { stored, owed: content.owed };
}

function floatsOf(bytes: Buffer): Float32Array {
  const aligned = new Uint8Array(bytes);
  return new Float32Array(aligned.buffer);
}
