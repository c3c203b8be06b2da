import { watchZone } from '@sightline/contracts';
import type {
  CheckInMethod,
  CorrectedVerdict,
  DutyPost,
  DutySpan,
  DutyVerdict,
  DutyWhy,
  LedgerRow,
} from '@sightline/contracts';
import type { ExportColumn } from './export-file.ts';
import { placeColumns, type PlaceName } from './export-lists.ts';

const postWords: Readonly<Record<DutyPost, string>> = {
  lead: '带班 lead',
  watch: '值班 watch',
  standby: '备勤 standby',
};

const spanWords: Readonly<Record<DutySpan, string>> = {
  day: '白班 day',
  night: '夜班 night',
  full: '全天 24 h',
};

const verdictWords: Readonly<Record<DutyVerdict, string>> = {
  open: '未到判定时 open',
  'not-yet': '尚未签到 not yet',
  'on-time': '按时 on time',
  late: '迟到 late',
  covered: '备班到岗 covered',
  absent: '缺勤 absent',
  unknown: '无法判定 unknown',
};

const correctedWords: Readonly<Record<CorrectedVerdict, string>> = {
  'on-time': verdictWords['on-time'],
  late: verdictWords.late,
  covered: verdictWords.covered,
  absent: verdictWords.absent,
  'not-owed': '无需值班 not owed',
};

const caseWords: Readonly<Record<NonNullable<LedgerRow['openCase']>, string>> = {
  appealed: '已申诉 appealed',
  proposed: '待复核 proposed',
};

const whyWords: Readonly<Record<DutyWhy, string>> = {
  'uncertain-clock': '设备时钟未校准 clock never set',
  'not-heard': '未收到终端数据 not heard',
  'no-terminal': '无可用终端 no terminal',
  'entered-later': '班后补排 entered afterwards',
};

export const methodWords: Readonly<Record<CheckInMethod, string>> = {
  face: '人脸 face',
  'pin-witness': '密码加见证 PIN and witness',
  pin: '仅密码 PIN alone',
};

/** The duty ledger by name. Times are those of the villages, as their heads say. */
export function ledgerColumns(placeName: PlaceName): ExportColumn<LedgerRow>[] {
  return [
    { header: '日期 Day', cell: ({ day }) => day },
    ...placeColumns<LedgerRow>(placeName),
    { header: '岗位 Post', cell: ({ post }) => postWords[post] },
    { header: '班次 Shift', cell: ({ span }) => spanWords[span] },
    { header: '姓名 Name', cell: ({ name }) => name },
    { header: '备班 Fallback', cell: ({ fallback }) => fallback },
    { header: '原结论 Finding', cell: ({ verdict }) => verdictWords[verdict], width: 20 },
    {
      header: '更正后结论 Corrected to',
      cell: ({ corrected }) => (corrected === null ? null : correctedWords[corrected]),
      width: 24,
    },
    {
      header: '待办申诉 Open case',
      cell: ({ openCase }) => (openCase === null ? null : caseWords[openCase]),
      width: 22,
    },
    { header: '原因 Why', cell: ({ why }) => (why === null ? null : whyWords[why]), width: 28 },
    { header: '迟到分钟 Minutes late', cell: ({ lateMinutes }) => lateMinutes },
    {
      header: '方式 Method',
      cell: ({ method }) => (method === null ? null : methodWords[method]),
      width: 26,
    },
    {
      header: '签到（北京时间） Checked in',
      cell: ({ checkedInAt }) => localTime(checkedInAt),
      width: 18,
    },
    {
      header: '签退（北京时间） Checked out',
      cell: ({ checkedOutAt }) => localTime(checkedOutAt),
      width: 18,
    },
    {
      header: '签退方式 Method of check-out',
      cell: ({ checkOutMethod }) => (checkOutMethod === null ? null : methodWords[checkOutMethod]),
      width: 26,
    },
    { header: '应到（北京时间） Begins', cell: ({ startsAt }) => localTime(startsAt), width: 18 },
    { header: '结束（北京时间） Ends', cell: ({ endsAt }) => localTime(endsAt), width: 18 },
    {
      header: '补记于（北京时间） Completed on',
      cell: ({ completedAt }) => localTime(completedAt),
      width: 18,
    },
    { header: '样例摄像头 Sample', cell: ({ sampleCamera }) => (sampleCamera ? '是 yes' : '') },
    { header: '模拟 Simulated', cell: ({ simulated }) => (simulated ? '是 yes' : '') },
  ];
}

/** 2026-11-23 20:00 in Beijing time: as it stands on the wall there. */
export function localTime(instant: string | null): string | null {
  if (instant === null) return null;
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(watchZone).toPlainDateTime();
  return local.toString({ smallestUnit: 'minute' }).replace('T', ' ');
}
