import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';

/** The last backup that was taken here, for `status` and `doctor`. */
const LastBackup = Type.Object({
  at: Type.String(),
  file: Type.String(),
  logPosition: Type.Integer(),
  auditHead: Type.Object({ seq: Type.Integer(), hash: Type.String() }),
});
export type LastBackup = Static<typeof LastBackup>;

const check = Compile(LastBackup);
const fileIn = (dataDir: string) => join(dataDir, 'last-backup.json');

export async function noteLastBackup(dataDir: string, backup: LastBackup): Promise<void> {
  const draft = `${fileIn(dataDir)}.new`;
  await writeFile(draft, JSON.stringify(backup));
  await rename(draft, fileIn(dataDir));
}

/** Null where none was taken, or the note cannot be read. */
export async function readLastBackup(dataDir: string): Promise<LastBackup | null> {
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return check.Check(value) ? value : null;
  } catch {
    return null;
  }
}
