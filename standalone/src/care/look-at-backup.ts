import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { judgeBackup, ok, warn, wrong, type Finding } from './findings.ts';
import { readLastBackup } from './last-backup.ts';
import type { Care } from './options.ts';

const forOthers = 0o077;

/** How old the last backup is, and whether the keys beside the database are there and closed to others. */
export async function lookAtBackup({ dataDir, databaseUrl }: Care): Promise<Finding[]> {
  const last = await readLastBackup(dataDir);
  const backup = judgeBackup(last?.at ?? null, Temporal.Now.instant());
  const key = join(dataDir, 'secrets', 'register.key');
  const isMade = existsSync(dataDir) && databaseUrl === null;
  if (isMade && !existsSync(key)) {
    const remedy = '首次启动时自动生成 npm start makes it at its first start.';
    return [backup, warn('登记钥匙 Register key', `没有 none: ${key}`, remedy)];
  }
  return [backup, ...lookAtSecrets(join(dataDir, 'secrets'))];
}

/** The folder closed is enough: what lies in it cannot be reached. */
function lookAtSecrets(folder: string): Finding[] {
  if (!existsSync(folder)) return [];
  const what = '钥匙目录 Folder of keys';
  if ((statSync(folder).mode & forOthers) === 0) return [ok(what, folder)];
  const open = readdirSync(folder).filter(
    (name) => (statSync(join(folder, name)).mode & forOthers) !== 0,
  );
  if (open.length === 0) return [ok(what, folder)];
  const remedy = `chmod 700 ${folder}`;
  return [wrong(what, `别的用户可读 others can read ${open.join(', ')}`, remedy)];
}
