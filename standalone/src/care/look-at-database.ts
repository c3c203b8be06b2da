import {
  checkDurability,
  findRunningEmbedded,
  openStore,
  readSchemaState,
  type Store,
} from '@sightline/store';
import { ok, warn, wrong, type Finding } from './findings.ts';
import type { Care } from './options.ts';

const what = '数据库 Database';
const schema = '数据库版本 Schema';

/** Whether it answers, flushes what it acknowledges, and is of this program's version. */
export async function lookAtDatabase({ databaseUrl: given, dataDir }: Care): Promise<Finding[]> {
  try {
    const databaseUrl = given ?? (await findRunningEmbedded(dataDir));
    if (databaseUrl === null) {
      return [ok(what, '内置数据库未运行 the embedded one is not running: npm start starts it')];
    }
    await using store = await openStore({ databaseUrl, applicationName: 'sightline-doctor' });
    return [await lookAtServer(store), await lookAtSchema(store)];
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const remedy = '检查 DATABASE_URL，或先 npm start Check DATABASE_URL, or npm start first.';
    return [wrong(what, reason, remedy)];
  }
}

async function lookAtServer(store: Store): Promise<Finding> {
  const { timescale, serverVersion } = store.engine;
  const refusal = await checkDurability(store);
  if (refusal !== null) {
    const remedy =
      '在 postgresql.conf 中打开后重新加载 Switch it on in postgresql.conf and reload the server.';
    return wrong(what, refusal.detail, remedy);
  }
  const extension = timescale === null ? '' : `, TimescaleDB ${timescale}`;
  const version = `PostgreSQL ${Math.floor(serverVersion / 10_000)}${extension}`;
  return ok(what, `${version}, fsync on, synchronous_commit on`);
}

async function lookAtSchema(store: Store): Promise<Finding> {
  const { newest, missing, unknown } = await readSchemaState(store.pool);
  if (unknown !== null) {
    const remedy =
      '请用更新的程序启动 Start the newer program, or restore a backup made before the update.';
    return wrong(schema, `本程序不认识 this program does not know ${unknown}`, remedy);
  }
  if (missing === 0) return ok(schema, newest ?? '');
  const remedy =
    '启动时自动升级 The next npm start brings it on; with services: node store/src/migrate-main.ts.';
  const found = `${newest ?? '空 empty'}, 缺 ${missing} missing`;
  return warn(schema, found, remedy);
}
