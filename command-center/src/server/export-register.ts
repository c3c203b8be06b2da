import type { ListedBranch, Member, Organisation } from '@sightline/store';
import type { ExportColumn } from './export-file.ts';
import { placeColumns, type PlaceName } from './export-lists.ts';

const kindWords: Readonly<Record<Organisation['kind'], string>> = {
  committee: '党委 committee',
  'general-branch': '党总支 general branch',
  branch: '党支部 branch',
  'leading-group': '党组 leading group',
};

export function organisationColumns(placeName: PlaceName): ExportColumn<Organisation>[] {
  return [
    { header: '组织代码 Code', cell: ({ code }) => code },
    { header: '名称 Name', cell: ({ name }) => name, width: 36 },
    { header: '类别 Kind', cell: ({ kind }) => kindWords[kind], width: 22 },
    { header: '功能型 Functional', cell: ({ isFunctional }) => (isFunctional ? '是 yes' : '') },
    ...placeColumns<Organisation>(placeName),
    { header: '党员 Members', cell: ({ members }) => members },
  ];
}

/** A branch that needs a look. */
export function branchColumns(placeName: PlaceName): ExportColumn<ListedBranch>[] {
  return [
    { header: '组织代码 Code', cell: ({ code }) => code },
    { header: '名称 Name', cell: ({ name }) => name, width: 36 },
    ...placeColumns<ListedBranch>(placeName),
    { header: '党员 Members', cell: ({ members }) => members },
  ];
}

/** Members by name; their numbers stay covered. */
export const memberColumns: readonly ExportColumn<Member>[] = [
  { header: '姓名 Name', cell: ({ name }) => name },
  { header: '性别 Sex', cell: ({ sex }) => (sex === 'female' ? '女 female' : '男 male') },
  { header: '出生 Born', cell: ({ bornOn }) => bornOn },
  { header: '学历 Education', cell: ({ education }) => education },
  { header: '入党 Joined', cell: ({ joinedOn }) => joinedOn },
  { header: '预备 Probationary', cell: ({ isProbationary }) => (isProbationary ? '是 yes' : '') },
  { header: '职务 Posts', cell: ({ posts }) => posts.join('、'), width: 28 },
  { header: '号码 Id number', cell: ({ idMasked }) => idMasked, width: 24 },
];
