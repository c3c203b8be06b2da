import type { AuditView, Region, TerminalView, VillageView } from '@sightline/contracts';
import { listDivisions, type QuarantineEntry, type Store } from '@sightline/store';
import type { ExportColumn } from './export-file.ts';

/** Says where a region is, in names from the county down. */
export type PlaceName = (region: Region) => string;

export async function placeNamer({ pool }: Store, scope: Region): Promise<PlaceName> {
  const divisions = await listDivisions(pool, scope);
  const names = new Map(divisions.map(({ region, name }) => [region, name]));
  return (region) => {
    const lengths = region.length <= 4 ? [4] : [6, 9, 12].filter((size) => size <= region.length);
    return lengths.map((size) => names.get(region.slice(0, size)) ?? '').join(' ');
  };
}

interface InRegion {
  readonly region: Region;
}

/** Where a row is: the code and its names. Codes are long numbers, so they are kept as text. */
export function placeColumns<T extends InRegion>(placeName: PlaceName): ExportColumn<T>[] {
  return [
    { header: '区划代码 Region', cell: ({ region }) => region },
    { header: '地区 Place', cell: ({ region }) => placeName(region), width: 36 },
  ];
}

/** What a status is called. */
const statusWords: Readonly<Record<VillageView['status'], string>> = {
  'not-equipped': '未配备 not equipped',
  online: '可联通 online',
  stale: '信号不稳 stale',
  offline: '断开 offline',
  unknown: '未知 unknown',
};

export function villageColumns(placeName: PlaceName): ExportColumn<VillageView>[] {
  return [
    ...placeColumns<VillageView>(placeName),
    { header: '状态 Status', cell: ({ status }) => statusWords[status] },
    { header: '起 Since', cell: ({ since }) => since, width: 26 },
    { header: '人员 People', cell: ({ people }) => people },
    { header: '终端 Terminals', cell: ({ terminals }) => terminals },
    { header: '最近签到 Last check-in', cell: ({ checkedIn }) => checkedIn?.at ?? null, width: 26 },
    { header: '方式 Method', cell: ({ checkedIn }) => checkedIn?.method ?? null },
    { header: '模拟 Simulated', cell: ({ simulated }) => (simulated ? '是 yes' : '') },
  ];
}

export function terminalColumns(placeName: PlaceName): ExportColumn<TerminalView>[] {
  return [
    { header: '终端 Terminal', cell: ({ terminalId }) => terminalId, width: 20 },
    ...placeColumns<TerminalView>(placeName),
    { header: '状态 Status', cell: ({ status }) => statusWords[status] },
    { header: '起 Since', cell: ({ since }) => since, width: 26 },
    { header: '启用 Enrolled', cell: ({ enrolledAt }) => enrolledAt, width: 26 },
    { header: '待发 Waiting', cell: ({ waiting }) => waiting },
    { header: '最早待发 Oldest', cell: ({ oldestWaitingAt }) => oldestWaitingAt, width: 26 },
    { header: '拒收 Refused', cell: ({ deadLetters }) => deadLetters },
    { header: '已同步 Up to date', cell: ({ upToDate }) => (upToDate ? '是 yes' : '否 no') },
    { header: '摄像头 Camera', cell: ({ camera }) => camera },
    { header: '版本 Version', cell: ({ version }) => version },
    { header: '可用磁盘 Free disk MB', cell: ({ device }) => device?.diskFreeMb ?? null },
    { header: '温度 Temperature °C', cell: ({ device }) => device?.temperatureC ?? null },
    { header: '模拟 Simulated', cell: ({ simulated }) => (simulated ? '是 yes' : '') },
  ];
}

export function troubleColumns(placeName: PlaceName): ExportColumn<QuarantineEntry>[] {
  return [
    { header: '收到 Received', cell: ({ receivedAt }) => receivedAt, width: 26 },
    ...placeColumns<QuarantineEntry>(placeName),
    { header: '终端 Terminal', cell: ({ terminalId }) => terminalId, width: 20 },
    { header: '序号 Seq', cell: ({ seq }) => seq },
    { header: '原因 Reason', cell: ({ reason }) => reason },
    { header: '说明 Message', cell: ({ message }) => message, width: 48 },
    { header: '设备指纹 Source', cell: ({ source }) => source, width: 46 },
  ];
}

export function auditColumns(placeName: PlaceName): ExportColumn<AuditView>[] {
  return [
    { header: '序号 Seq', cell: ({ seq }) => seq },
    { header: '时间 At', cell: ({ at }) => at, width: 26 },
    { header: '何人 Who', cell: ({ who, login }) => login ?? who, width: 28 },
    { header: '何事 What', cell: ({ what }) => what, width: 22 },
    { header: '对象 Subject', cell: ({ subject }) => subject, width: 44 },
    ...placeColumns<AuditView>(placeName),
    { header: '事由 Purpose', cell: ({ purpose }) => purpose },
  ];
}
