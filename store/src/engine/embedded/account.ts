import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Whom the server runs as. PostgreSQL refuses root, so root lends it the account `nobody`. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const lentName = 'nobody';
const lentFallback: Account = { uid: 65_534, gid: 65_534 };

/** The account to change to, or null when this process is not root and needs no change. */
export async function lentAccount(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const lines = await readFile('/etc/passwd', 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  );
  const fields = lines.find((line) => line.startsWith(`${lentName}:`))?.split(':');
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  return uid > 0 && gid > 0 ? { uid, gid } : lentFallback;
}

/**
 * The first folder on the way to `path` (itself included) that the account may not enter, such as a
 * 0700 /root; null when the way is open. What does not exist yet is left out.
 */
export async function findClosedFolder(path: string, account: Account): Promise<string | null> {
  const parent = dirname(path);
  const above = parent === path ? null : await findClosedFolder(parent, account);
  if (above !== null) return above;
  const found = await stat(path).catch(() => null);
  return found === null || mayEnter(found, account) ? null : path;
}

function mayEnter(
  folder: { readonly mode: number; readonly uid: number; readonly gid: number },
  account: Account,
): boolean {
  if (folder.uid === account.uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === account.gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}
