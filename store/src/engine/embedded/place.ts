import { createHash, randomUUID } from 'node:crypto';
import { access, chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findClosedFolder, type Account } from './account.ts';

/** Where things of one data directory lie. */
export interface Place {
  readonly dataDir: string;
  /** PostgreSQL's own data directory. */
  readonly clusterDir: string;
  /** What the server runs as; null = as this process. */
  readonly account: Account | null;
  /** Why the cluster is not inside the data directory; null when it is. */
  readonly why: string | null;
}

export const sharedBase = '/var/lib/sightline';

/**
 * Decides once where the cluster of a data directory lies and remembers it in `where.json`: inside,
 * or below /var/lib/sightline when the server's account cannot get in. Throws when the place that
 * was remembered is gone.
 */
export async function openPlace(dataDir: string, account: Account | null): Promise<Place> {
  const remembered = await readWhere(dataDir);
  if (remembered !== null) return recall(remembered, { dataDir, account });
  const closed = account === null ? null : await findClosedFolder(dataDir, account);
  if (closed === null)
    return { dataDir, account, why: null, clusterDir: join(dataDir, 'postgres') };
  const why = `The database server may not run as root and its own account cannot enter ${closed}.`;
  const clusterDir = join(await makeSharedFolder(dataDir, account), 'postgres');
  await writeFile(join(dataDir, 'where.json'), `${JSON.stringify({ clusterDir, why }, null, 2)}\n`);
  return { dataDir, account, why, clusterDir };
}

interface Where {
  readonly clusterDir: string;
  readonly why: string;
}

async function readWhere(dataDir: string): Promise<Where | null> {
  const file = join(dataDir, 'where.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  const where = parseJson(text);
  if (isWhere(where)) return where;
  throw new Error(`${file} does not name the database's folder. Restore it from a backup.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isWhere(value: unknown): value is Where {
  if (typeof value !== 'object' || value === null) return false;
  return 'clusterDir' in value && typeof value.clusterDir === 'string' && 'why' in value;
}

async function recall(
  where: Where,
  { dataDir, account }: Pick<Place, 'dataDir' | 'account'>,
): Promise<Place> {
  const { clusterDir, why } = where;
  const isThere = await access(join(clusterDir, '..')).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    throw new Error(
      `The database of ${dataDir} was kept in ${clusterDir}, and that is gone. Bring it back, or delete ` +
        `${join(dataDir, 'where.json')} to begin with an empty database.`,
    );
  }
  return { dataDir, account, why, clusterDir };
}

/** A folder of its own each time: a data directory that was deleted and made again begins empty. */
async function makeSharedFolder(dataDir: string, account: Account | null): Promise<string> {
  const name = createHash('sha256')
    .update(`${dataDir}\n${randomUUID()}`)
    .digest('hex')
    .slice(0, 12);
  const folder = join(sharedBase, name);
  await mkdir(folder, { recursive: true, mode: 0o755 });
  if (account !== null) await chown(folder, account.uid, account.gid);
  await writeFile(join(folder, 'belongs-to.txt'), `${dataDir}\n`);
  return folder;
}
