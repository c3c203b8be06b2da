import type { Health, VillageStatus } from '@sightline/contracts';
import {
  countQuarantine,
  findRunningEmbedded,
  lastPosition,
  openStore,
  readCells,
  topRegions,
} from '@sightline/store';
import { readLastBackup } from './last-backup.ts';
import type { Care } from './options.ts';
import { readParts } from './read-parts.ts';
import type { Report } from './report.ts';

const words: Readonly<Record<VillageStatus, string>> = {
  online: '在线 online',
  stale: '不稳 stale',
  offline: '断开 offline',
  unknown: '未知 unknown',
  'not-equipped': '未配备 not equipped',
};
const partWords: Readonly<Record<string, string>> = {
  centre: '指挥中心 centre',
  database: '数据库 database',
  broker: '消息服务 broker',
  projector: '实时视图 projector',
};
const stateWords = { up: '正常 up', down: '中断 down', unknown: '未知 unknown' } as const;

/** 现状. What runs and since when, what the villages are, what waits. The exit code is 1 where a part is down. */
export async function status(options: Care, report: Report): Promise<object> {
  const parts = await readParts(options.portBase);
  sayParts(parts, { options, report });
  const kept = await readKept(options);
  if ('problem' in kept) {
    report.say(`数据库读不到 The database cannot be read: ${kept.problem}`);
    process.exitCode = 1;
  } else {
    const counts = Object.entries(words).map(
      // The keys of `words` are the states.
      ([state, word]) => `${word}: ${kept.villages[state as VillageStatus]}`,
    );
    report.say(`村 villages: ${counts.join(' · ')}`);
    report.say(
      `日志 log: ${kept.logEnd} · 被拒事实 refused facts kept as evidence: ${kept.trouble}`,
    );
  }
  const lastBackup = await readLastBackup(options.dataDir);
  report.say(
    `最近备份 last backup: ${lastBackup === null ? '没有 none' : `${lastBackup.at}, ${lastBackup.file}`}`,
  );
  return { isRunning: parts !== null, parts, ...kept, lastBackup };
}

function sayParts(
  parts: Health['parts'] | null,
  { options, report }: { readonly options: Care; readonly report: Report },
): void {
  if (parts === null) {
    report.say(`没有运行 Not running: nobody answers on 127.0.0.1:${options.portBase}.`);
    process.exitCode = 1;
    return;
  }
  for (const { name, state, since, detail } of parts) {
    const sign = state === 'up' ? '●' : '▲';
    const line = `${sign} ${partWords[name] ?? name}: ${stateWords[state]} · 自 since ${since}`;
    report.say(detail === undefined ? line : `${line} · ${detail}`);
    if (state !== 'up') process.exitCode = 1;
  }
}

interface Kept {
  readonly villages: Readonly<Record<VillageStatus, number>>;
  readonly logEnd: number;
  /** Refused facts. */
  readonly trouble: number;
}

/** What the database says; nothing is started to ask it, a monitor may call this every minute. */
async function readKept(options: Care): Promise<Kept | { readonly problem: string }> {
  try {
    const databaseUrl = options.databaseUrl ?? (await findRunningEmbedded(options.dataDir));
    if (databaseUrl === null) return { problem: `None runs for ${options.dataDir}.` };
    await using store = await openStore({ databaseUrl, applicationName: 'sightline-status' });
    const villages = { online: 0, stale: 0, offline: 0, unknown: 0, 'not-equipped': 0 };
    for (const scope of await topRegions(store.pool)) {
      for (const cell of await readCells(store.pool, scope)) villages[cell.status] += 1;
    }
    const logEnd = await lastPosition(store.pool);
    return { villages, logEnd, trouble: await countQuarantine(store.pool) };
  } catch (cause) {
    return { problem: cause instanceof Error ? cause.message : String(cause) };
  }
}
