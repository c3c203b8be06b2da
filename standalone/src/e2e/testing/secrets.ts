import { createDecipheriv } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '@sightline/store';

/** The face templates on a terminal's disk, unlocked with its own key: `gallery-file.ts` of the agent. */
export function readTemplates(agentDir: string): Buffer[] {
  const text = readFileSync(join(agentDir, 'gallery.sealed'), 'utf8');
  const magic = text.slice(0, text.indexOf('\n') + 1);
  const keyFile = `gallery-${magic.trim().split(' ').at(-1) ?? ''}.key`;
  const key = Buffer.from(readFileSync(join(agentDir, keyFile), 'utf8').trim(), 'hex');
  const bytes = Buffer.from(text.slice(magic.length), 'base64');
  const open = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
    .setAAD(Buffer.from(magic))
    .setAuthTag(bytes.subarray(12, 28));
  const rows = Buffer.concat([open.update(bytes.subarray(28)), open.final()]).toString('utf8');
  // Written by our own agent.
  const { templates } = JSON.parse(rows) as { readonly templates: { readonly template: string }[] };
  return templates.map(({ template }) => Buffer.from(template, 'base64'));
}

/** The first trace of a template or of a picture in what left the terminal, or null. */
export function findSecret(
  where: string,
  content: Buffer,
  templates: readonly Buffer[],
): string | null {
  for (const template of templates) {
    for (const form of formsOf(template)) {
      if (content.includes(form)) return `${where} holds a part of a face template.`;
    }
  }
  const picture = picturesBegin.find((begin) => content.includes(begin));
  return picture === undefined ? null : `${where} holds the beginning of a picture.`;
}

/** Any quarter of a template: raw, in hex, in base64 at each alignment, or as a number. */
function formsOf(template: Buffer): (Buffer | string)[] {
  const floats = new Float32Array(new Uint8Array(template).buffer);
  const forms: (Buffer | string)[] = [...floats.subarray(0, 8)].map(String);
  for (let from = 0; from + 24 <= template.length; from += 64) {
    const part = template.subarray(from, from + 24);
    forms.push(part, part.toString('hex'));
    for (const shift of [0, 1, 2]) {
      const some = part.subarray(shift, shift + 18);
      forms.push(some.toString('base64'), some.toString('base64url'));
    }
  }
  return forms;
}

/** JPEG and PNG, raw, in hex as PostgreSQL shows bytes, and in base64. */
const picturesBegin: readonly (Buffer | string)[] = [
  ...[0xe0, 0xe1, 0xdb, 0xee].map((kind) => Buffer.from([0xff, 0xd8, 0xff, kind])),
  Buffer.from('89504e470d0a1a0a', 'hex'),
  '\\xffd8ffe0',
  '\\xffd8ffdb',
  '89504e470d0a1a0a',
  '/9j/4AAQSkZJ',
  'iVBORw0KGgo',
];

/** Every row of every table, as text. */
export async function dumpDatabase(store: Store): Promise<Buffer> {
  const tables = await store.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const texts: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await store.pool.query<{ row: string }>(
      `select row_to_json(t)::text as row from "${name}" t`,
    );
    texts.push(...rows.map(({ row }) => row));
  }
  return Buffer.from(texts.join('\n'));
}

export interface FoundFile {
  readonly path: string;
  readonly content: Buffer;
}

/**
 * All files below a folder, journals included. A program that runs there replaces files by renaming new
 * ones over them: a listing that is overtaken is made again, so that no content slips between two names.
 */
export function readFiles(dir: string): FoundFile[] {
  for (let tries = 0; ; tries += 1) {
    try {
      return readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => ({ path, content: readFileSync(path) }));
    } catch (error) {
      const isOvertaken = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isOvertaken || tries >= 20) throw error;
    }
  }
}

/** All logs below a folder. */
export function readLogs(dir: string): FoundFile[] {
  return readFiles(dir).filter(({ path }) => /\.log(\.1)?$/.test(path));
}
