import { idNumberCheck } from '@sightline/contracts';
import type { DemoOrganisation } from './demo-register-organisations.ts';
import { pick, seededRandom, type Random } from './random.ts';

/** A row of 党员.xlsx. Nobody: every one of them is drawn by a seeded generator. */
export interface DemoMember {
  readonly name: string;
  readonly sex: '男' | '女';
  readonly idNumber: string;
  readonly bornOn: string;
  readonly education: string;
  readonly joinedOn: string;
  readonly standing: '正式党员' | '预备党员';
  readonly organisationCode: string;
}

export const demoMembers = 73_623;

/**
 * 540200 is the code of the prefecture itself: numbers are given out by its counties, so no living person
 * has one of these. Their sequences, 900 to 989, mark them a second time.
 */
const division = '540200';
const firstSequence = 900;
/** Of one sex on one day. */
const sequencesPerDay = 45;

const seed = 73_623;
/** The generator's own today, in the past of every machine. */
const today = Temporal.PlainDate.from('2025-12-31');
const probationFrom = '2025-01-01';

/** The 73,623 members of the demo, spread over the branches by their weight; always the same. */
export function* planDemoMembers(
  organisations: readonly DemoOrganisation[],
): Generator<DemoMember> {
  const random = seededRandom(seed);
  const used = new Map<string, number>();
  const whole = organisations.reduce((sum, { weight }) => sum + weight, 0);
  let weight = 0;
  let made = 0;
  for (const organisation of organisations) {
    weight += organisation.weight;
    const upTo = Math.round((demoMembers * weight) / whole);
    for (; made < upTo; made += 1) yield memberOf(organisation.code, random, used);
  }
}

function memberOf(organisationCode: string, random: Random, used: Map<string, number>): DemoMember {
  const sex = random() < 0.34 ? '女' : '男';
  const { bornOn, idNumber } = drawNumber(sex, random, used);
  const joinedOn = drawJoined(bornOn, random);
  return {
    name: drawName(sex, random),
    sex,
    idNumber,
    bornOn,
    education: drawEducation(today.year - Number(bornOn.slice(0, 4)), random),
    joinedOn,
    standing: joinedOn >= probationFrom ? '预备党员' : '正式党员',
    organisationCode,
  };
}

/** A birthday of which a number is left, and that number. */
function drawNumber(sex: '男' | '女', random: Random, used: Map<string, number>) {
  for (;;) {
    // 19 to 86 years old, most of them in the middle.
    const years = 19 + Math.floor(((random() + random()) / 2) * 67);
    const bornOn = today.subtract({ years, days: Math.floor(random() * 365) }).toString();
    const key = `${bornOn}${sex}`;
    const nth = used.get(key) ?? 0;
    if (nth >= sequencesPerDay) continue;
    used.set(key, nth + 1);
    // The 17th digit is odd for men.
    const sequence = firstSequence + 2 * nth + (sex === '男' ? 1 : 0);
    const first = `${division}${bornOn.replaceAll('-', '')}${sequence}`;
    return { bornOn, idNumber: `${first}${idNumberCheck(first)}` };
  }
}

/** From the 18th birthday on, the sooner the likelier. */
function drawJoined(bornOn: string, random: Random): string {
  const adult = Temporal.PlainDate.from(bornOn).add({ years: 18 });
  const days = adult.until(today, { largestUnit: 'days' }).days;
  return adult.add({ days: Math.floor(random() * random() * days) }).toString();
}

const byAge = [
  { upTo: 35, words: ['高中', '中专', '大专', '大专', '本科', '本科', '研究生'] },
  { upTo: 50, words: ['初中', '初中', '高中', '中专', '大专', '本科'] },
  { upTo: 65, words: ['小学', '初中', '初中', '高中', '中专'] },
  { upTo: 200, words: ['小学', '小学', '小学', '初中'] },
] as const;

function drawEducation(age: number, random: Random): string {
  return pick(byAge.find(({ upTo }) => age <= upTo)?.words ?? byAge[0].words, random);
}

const firstWords = ['扎西', '次仁', '达瓦', '尼玛', '罗布', '边巴', '普布', '格桑', '强巴', '洛桑'];
const lastWords = {
  男: ['旺堆', '顿珠', '旺久', '平措', '欧珠', '加措', '桑布', '伦珠', '多吉', '罗追'],
  女: ['卓玛', '央金', '曲珍', '拉姆', '德吉', '卓嘎', '群宗', '片多', '措姆', '白玛'],
} as const;
const families = ['王', '李', '张', '刘', '陈', '杨', '赵', '周', '马', '何'];
const given = {
  男: ['建国', '志强', '海军', '文斌', '永平', '卫东', '春生', '国栋'],
  女: ['秀英', '玉兰', '晓燕', '桂芳', '春梅', '丽华', '淑珍', '雪莲'],
} as const;
const hanShare = 0.09;

function drawName(sex: '男' | '女', random: Random): string {
  if (random() < hanShare) return `${pick(families, random)}${pick(given[sex], random)}`;
  return `${pick(firstWords, random)}${pick(lastWords[sex], random)}`;
}
