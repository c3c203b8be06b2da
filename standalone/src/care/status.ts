import type { Health, VillageStatus } from '@sightline/contracts';
import { countQuarantine, openStore, readCells, lastPosition, topRegions } from '@sightline/store';
import { readLastBackup } from './last-backup.ts';
import { openDatabase } from './open-database.ts';
import type { Care } from './options.ts';
import type { Report } from './report.ts';

const words: Readonly<Record<VillageStatus, string>> = {
  online: '在线 online',
  stale: '不稳 stale',
  offline: '断开 offline',
  unknown: '未知 unknown',
  'not-equipped': '未配备 not equipped',
};
const answerWithinMs = 3_000;

/** 现状. What runs and since when, what the villages are, what waits. The exit code is 1 where a part is down. */
export async function status(options: Care, report: Report): Promise<object> {
  const parts = await readParts(options.portBase);
  if (parts === null) {
    report.say(`没有运行 Not running: nobody answers on 127.0.0.1:${options.portBase}.`);
    process.exitCode = 1;
  }
  for (const { name, state, since, detail } of parts ?? []) {
    report.say(`${state === 'up' ? '●' : '▲'} ${name}: ${state} · ${since} ${detail ?? ''}`);
    if (state !== 'up') process.exitCode = 1;
  }
  await using database = await openDatabase(options, { mayCreate: false });
  const { databaseUrl } = database;
  await using store = await openStore({ databaseUrl, applicationName: 'sightline-status' });
  const [scope = '5402'] = await topRegions(store.pool);
  const cells = await readCells(store.pool, scope);
  const villages = Object.fromEntries(
    (['online', 'stale', 'offline', 'unknown', 'not-equipped'] as const).map((state) => [
      state,
      cells.filter((cell) => cell.status === state).length,
    ]),
  );
  for (const [state, count] of Object.entries(villages)) {
    report.say(`${words[state as VillageStatus]}: ${count}`); // The keys are those of above.
  }
  const logEnd = await lastPosition(store.pool);
  const trouble = await countQuarantine(store.pool);
  const lastBackup = await readLastBackup(options.dataDir);
  report.say(`日志 log: ${logEnd} · 异常事实 refused facts: ${trouble}`);
  report.say(`最近备份 last backup: ${lastBackup?.at ?? '没有 none'}`);
  return { parts, villages, logEnd, trouble, lastBackup };
}

async function readParts(portBase: number): Promise<Health['parts'] | null> {
  try {
    const signal = AbortSignal.timeout(answerWithinMs);
    const reply = await fetch(`http://127.0.0.1:${portBase}/healthz`, { signal });
    return ((await reply.json()) as Health).parts; // Our own server's.
  } catch {
    return null;
  }
}
