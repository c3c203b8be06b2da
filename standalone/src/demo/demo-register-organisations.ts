import { prefecture5402, type Division } from '@sightline/contracts/divisions';

/** A row of 组织.xlsx. The organisations are made up; only the places they stand in are real. */
export interface DemoOrganisation {
  readonly code: string;
  readonly name: string;
  readonly kind: '党委' | '党总支' | '党支部';
  /** '' = at the top. */
  readonly parentCode: string;
  readonly region: string;
  readonly isFunctional: boolean;
  readonly foundedOn: string;
  /** How many of the members it has, against the others; 0 = a committee, whose members are in branches. */
  readonly weight: number;
}

export const demoOrganisations = 4_807;

interface Other {
  readonly name: string;
  readonly isFunctional: boolean;
}

const permanent = (name: string): Other => ({ name, isFunctional: false });
const functional = (name: string): Other => ({ name, isFunctional: true });

/** What stands in a township beside its villages. */
const ofTownship: readonly Other[] = [
  permanent('机关第一党支部'),
  permanent('机关第二党支部'),
  permanent('中心小学党支部'),
  permanent('卫生院党支部'),
  permanent('派出所党支部'),
  permanent('退休干部党支部'),
  permanent('供销社党支部'),
  permanent('农牧服务站党支部'),
  functional('驻村工作队功能型党支部'),
  functional('流动党员功能型党支部'),
  functional('牧场季节功能型党支部'),
  functional('项目工地功能型党支部'),
  functional('合作社联合功能型党支部'),
  functional('应急救援功能型党支部'),
];

/** And in the prefecture's own seat. */
const ofPrefecture: readonly Other[] = [
  permanent('市直机关党支部'),
  permanent('市人民医院党支部'),
  permanent('市中学党支部'),
  functional('援藏工作功能型党支部'),
  functional('重点项目功能型党支部'),
];

/** The 4,807 organisations of the demo, each below one that stands before it; always the same. */
export function planDemoOrganisations(): DemoOrganisation[] {
  return prefecture5402.flatMap((division) => [placeOf(division), ...othersOf(division)]);
}

function placeOf({ code, name, level, parent }: Division): DemoOrganisation {
  const isVillage = level === 'village';
  return {
    code,
    name: isVillage ? `${name}党支部` : `${name}党委`,
    kind: isVillage ? '党支部' : '党委',
    parentCode: parent ?? '',
    region: code,
    isFunctional: false,
    foundedOn: isVillage ? '1965-09-01' : '1960-01-07',
    weight: isVillage ? 24 : 0,
  };
}

function othersOf({ code, name, level }: Division): DemoOrganisation[] {
  const others = level === 'township' ? ofTownship : level === 'prefecture' ? ofPrefecture : [];
  return others.map((other, index) => ({
    code: `${code}D${String(index + 1).padStart(2, '0')}`,
    name: `${name}${other.name}`,
    kind: '党支部',
    parentCode: code,
    region: code,
    isFunctional: other.isFunctional,
    foundedOn: other.isFunctional ? '2019-06-03' : '1984-10-08',
    weight: other.isFunctional ? 9 : 13,
  }));
}
