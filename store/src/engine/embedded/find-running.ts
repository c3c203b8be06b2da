import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { superuser } from './cluster.ts';
import { isAlive } from './process-life.ts';
import { serverHost } from './server-process.ts';

/** Where an embedded server of a data folder answers now; null where none runs. Holds the password. */
export async function findRunningEmbedded(dataDir: string): Promise<string | null> {
  const where = await readFile(join(dataDir, 'where.json'), 'utf8').catch(() => null);
  const clusterDir = where === null ? join(dataDir, 'postgres') : folderIn(where);
  const pidFile = await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => null);
  // Lines of postmaster.pid: process, data directory, start time, port.
  const [pid = '', , , port = ''] = pidFile?.split('\n') ?? [];
  if (pidFile === null || !(await isAlive(Number(pid)))) return null;
  const password = await readFile(join(dataDir, 'postgres-password'), 'utf8');
  return `postgres://${superuser}:${password.trim()}@${serverHost}:${port.trim()}/${superuser}`;
}

function folderIn(text: string): string {
  const where: unknown = JSON.parse(text);
  const isNamed = typeof where === 'object' && where !== null && 'clusterDir' in where;
  if (isNamed && typeof where.clusterDir === 'string') return where.clusterDir;
  throw new Error('where.json does not name the folder of the database.');
}
