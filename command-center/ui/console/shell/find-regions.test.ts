import { expect, test } from 'vitest';
import { findRegions } from './find-regions.ts';

const region = (code: string, name: string, pinyin: string, initials: string) => ({
  code,
  name,
  pinyin,
  initials,
});
const regions = [
  region('540235', '聂拉木县', 'nielamuxian', 'nlmx'),
  region('540235100', '聂拉木镇', 'nielamuzhen', 'nlmz'),
  region('540226', '昂仁县', 'angrenxian', 'arx'),
  region('540226100', '卡嘎镇', 'kagazhen', 'kgz'),
];
const names = (typed: string) => findRegions(regions, typed).map(({ name }) => name);

test('a region is found by name, part of it, pinyin, initials and code, the larger one first', () => {
  expect(names('聂拉木')).toEqual(['聂拉木县', '聂拉木镇']);
  expect(names('拉木镇')).toEqual(['聂拉木镇']);
  expect(names('Nie la mu')).toEqual(['聂拉木县', '聂拉木镇']);
  expect(names('nlm')).toEqual(['聂拉木县', '聂拉木镇']);
  expect(names('kgz')).toEqual(['卡嘎镇']);
  expect(names('540226')).toEqual(['昂仁县', '卡嘎镇']);
  expect(names(' ')).toEqual([]);
  expect(names('zzz')).toEqual([]);
});
