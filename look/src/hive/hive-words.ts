import type { VillageStatus } from '@sightline/contracts';
import { divisionOf, pathOf } from '@sightline/contracts/divisions';
import { untoldCell, type AlarmLevel, type HiveCells } from './hive-cell.ts';
import { shortNameOf } from './short-name.ts';

/** The words the hive draws and says; a page gives its own to speak another language. */
export interface HiveWords {
  readonly status: Readonly<Record<VillageStatus, string>>;
  readonly onDuty: string;
  readonly nobody: string;
  readonly alarm: Readonly<Record<AlarmLevel, string>>;
  readonly alarms: string;
  readonly villages: (count: number) => string;
  /** The name drawn for a county, township or village. */
  readonly nameOf: (code: string) => string;
}

export const chineseHiveWords: HiveWords = {
  status: {
    'not-equipped': '未配备',
    online: '可联通',
    stale: '信号不稳',
    offline: '断开',
    unknown: '未知',
  },
  onDuty: '有人值守',
  nobody: '无人值守',
  alarm: { 1: 'Ⅰ级告警', 2: 'Ⅱ级告警', 3: 'Ⅲ级告警', 4: 'Ⅳ级告警' },
  alarms: '告警',
  villages: (count) => `${count} 村`,
  nameOf: chineseNameOf,
};

/** 桑珠孜 for 540202, 曲布雄乡 for 540202200, 坚孜 for 540202200201. */
export function chineseNameOf(code: string): string {
  const name = divisionOf(code)?.name ?? code;
  return code.length === 9 ? name : shortNameOf(name);
}

const told: readonly VillageStatus[] = ['online', 'stale', 'offline', 'unknown', 'not-equipped'];

/**
 * A region in one sentence, for those who hear the page: a village with its state, a larger region
 * with how many villages are in which state.
 */
export function describeRegion(code: string, cells: HiveCells, words: HiveWords): string {
  return code.length === 12
    ? describeVillage(code, cells, words)
    : describeMany(code, cells, words);
}

function describeVillage(code: string, cells: HiveCells, words: HiveWords): string {
  const cell = cells.get(code) ?? untoldCell;
  const place = pathOf(code)
    .slice(1)
    .map((division) => words.nameOf(division.code))
    .join(' ');
  const duty = cell.status === 'not-equipped' ? [] : [cell.onDuty ? words.onDuty : words.nobody];
  const alarm = cell.alarm === undefined ? [] : [words.alarm[cell.alarm]];
  return `${place || code}：${[...alarm, words.status[cell.status], ...duty].join('，')}`;
}

function describeMany(code: string, cells: HiveCells, words: HiveWords): string {
  const inside = [...cells].filter(([village]) => village.startsWith(code)).map(([, cell]) => cell);
  const counts = told.flatMap((status) => {
    const count = inside.filter((cell) => cell.status === status).length;
    return count === 0 ? [] : [`${words.status[status]} ${count}`];
  });
  const alarms = inside.filter((cell) => cell.alarm !== undefined).length;
  const first = alarms === 0 ? [] : [`${words.alarms} ${alarms}`];
  return `${words.nameOf(code)}，${words.villages(inside.length)}：${[...first, ...counts].join('，')}`;
}
