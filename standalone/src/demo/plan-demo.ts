import { isEquippedFirst, pathOf, prefecture5402 } from '@sightline/contracts/divisions';
import { pick, seededRandom, type Random } from './random.ts';

export interface DemoPerson {
  readonly name: string;
  readonly post: string;
}

export interface DemoVillage {
  readonly region: string;
  readonly terminalId: string;
  readonly placeNames: readonly string[];
  readonly simulated: boolean;
  readonly people: readonly DemoPerson[];
}

const firstWords = [
  '扎西',
  '次仁',
  '平措',
  '达瓦',
  '尼玛',
  '罗布',
  '边巴',
  '普布',
  '格桑',
  '白玛',
  '强巴',
  '仁增',
  '多吉',
  '洛桑',
  '旦增',
  '米玛',
  '拉巴',
  '巴桑',
  '索朗',
  '益西',
];
const secondWords = [
  '次仁',
  '卓玛',
  '央金',
  '旺堆',
  '曲珍',
  '顿珠',
  '拉姆',
  '德吉',
  '旺久',
  '平措',
  '卓嘎',
  '欧珠',
  '加措',
  '群宗',
  '片多',
  '桑布',
  '伦珠',
  '措姆',
];
const posts = ['带班', '值班', '值班', '备勤', '备勤', '备勤'] as const;

/**
 * Which villages of the prefecture get a terminal, and the synthetic people there. The first village is
 * the one real terminal of the demo; all others are simulated. The same on every machine.
 */
export function planDemo(villages: number | 'all' | 'five-counties'): DemoVillage[] {
  return chooseVillages(villages).map((region, index) => ({
    region,
    terminalId: `t-${region}`,
    placeNames: pathOf(region)
      .slice(1)
      .map(({ name }) => name),
    simulated: index > 0,
    people: peopleOf(seededRandom(Number(region.slice(4)))),
  }));
}

function chooseVillages(villages: number | 'all' | 'five-counties'): string[] {
  const all = prefecture5402.filter(({ level }) => level === 'village').map(({ code }) => code);
  const equipped = all.filter(isEquippedFirst);
  if (villages === 'five-counties') return equipped;
  const inOrder = [...interleave(equipped), ...all.filter((code) => !isEquippedFirst(code))];
  return villages === 'all' ? inOrder : inOrder.slice(0, villages);
}

/** One village of each county in turn, so that a small demo already shows several counties. */
function interleave(codes: readonly string[]): string[] {
  const byCounty = Map.groupBy(codes, (code) => code.slice(0, 6));
  const longest = Math.max(0, ...[...byCounty.values()].map((list) => list.length));
  return Array.from({ length: longest }, (_, index) =>
    [...byCounty.values()].flatMap((list) => list[index] ?? []),
  ).flat();
}

function peopleOf(random: Random): DemoPerson[] {
  const count = 3 + Math.floor(random() * 4);
  const names = new Set<string>();
  while (names.size < count) names.add(personName(random));
  return [...names].map((name, index) => ({ name, post: posts[index] ?? '备勤' }));
}

function personName(random: Random): string {
  const first = pick(firstWords, random);
  const second = pick(secondWords, random);
  return first === second ? `${first}罗布` : `${first}${second}`;
}
