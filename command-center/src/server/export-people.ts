import type { AccountView, QualityCheck, QualityRow } from '@sightline/contracts';
import type { NamedCheckIn, Person } from '@sightline/store';
import type { ExportColumn } from './export-file.ts';
import { placeColumns, type PlaceName } from './export-lists.ts';

/** The people of a village by name. */
export const personColumns: readonly ExportColumn<Person>[] = [
  { header: '姓名 Name', cell: ({ name }) => name },
  { header: '职务 Post', cell: ({ post }) => post },
  { header: '添加 Added', cell: ({ addedAt }) => addedAt, width: 26 },
  { header: '停用 Retired', cell: ({ retiredAt }) => retiredAt, width: 26 },
];

export const checkInColumns: readonly ExportColumn<NamedCheckIn>[] = [
  { header: '时间 At', cell: ({ at }) => at, width: 26 },
  { header: '姓名 Name', cell: ({ name }) => name },
  { header: '班次 Shift', cell: ({ shift }) => shift },
  { header: '方式 Method', cell: ({ method }) => method },
  { header: '见证 Witness', cell: ({ witness }) => witness },
  { header: '终端 Terminal', cell: ({ terminalId }) => terminalId, width: 20 },
  { header: '时间可靠 Certain', cell: ({ certain }) => (certain ? '是 yes' : '否 no') },
  { header: '样例摄像头 Sample', cell: ({ sampleCamera }) => (sampleCamera ? '是 yes' : '') },
];

export function accountColumns(placeName: PlaceName): ExportColumn<AccountView>[] {
  return [
    { header: '登录名 Login', cell: ({ login }) => login },
    { header: '角色 Roles', cell: ({ roles }) => roles.join(' '), width: 28 },
    ...placeColumns<AccountView>(placeName),
    { header: '新建 Created', cell: ({ createdAt }) => createdAt, width: 26 },
    { header: '本人所在村 Person of', cell: ({ person }) => person?.region ?? null, width: 18 },
    { header: '停用 Closed', cell: ({ disabledAt }) => disabledAt, width: 26 },
  ];
}

export function qualityColumns(
  check: QualityCheck,
  placeName: PlaceName,
): ExportColumn<QualityRow>[] {
  return [
    { header: '检查 Check', cell: () => check, width: 30 },
    ...placeColumns<QualityRow>(placeName),
    {
      header: '组织 Organisation',
      cell: ({ organisation }) => organisation?.name ?? null,
      width: 36,
    },
    { header: '数量 Count', cell: ({ count }) => count },
  ];
}
