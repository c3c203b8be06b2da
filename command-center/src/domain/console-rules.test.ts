import { peoplePerVillage } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { isKnownHost, isKnownOrigin, refusePlainListener } from './listener.ts';
import { refuseAdd, refuseInactive, tidyName } from './people.ts';
import { normaliseLogin, refuseCredentials } from './sign-in.ts';
import { nextTerminalId, terminalsPerVillage } from './terminal-id.ts';

const village = '540235100201';
const person = (name: string, post = '') => ({ personId: name, name, post });

test('only loopback may be listened on without TLS', () => {
  expect(refusePlainListener('127.0.0.1', false)).toBeNull();
  expect(refusePlainListener('::1', false)).toBeNull();
  expect(refusePlainListener('10.0.0.5', true)).toBeNull();
  expect(refusePlainListener('10.0.0.5', false)).toContain('without TLS');
});

test('hosts and origins are ours by name, port and scheme', () => {
  const door = { port: 7400, secure: false, publicHosts: ['duty.example'] };
  expect(isKnownHost('LOCALHOST:7400', door)).toBe(true);
  expect(isKnownHost('[::1]:7400', door)).toBe(true);
  expect(isKnownHost('localhost', door)).toBe(false);
  expect(isKnownHost(undefined, door)).toBe(false);
  expect(isKnownOrigin('http://127.0.0.1:7400', door)).toBe(true);
  expect(isKnownOrigin('https://127.0.0.1:7400', door)).toBe(false);
  expect(isKnownOrigin('https://duty.example', door)).toBe(true);
  expect(isKnownOrigin('https://duty.example.evil', door)).toBe(false);
  expect(isKnownOrigin('null', door)).toBe(false);
});

test('a name has one spelling', () => {
  expect(tidyName('  扎西\u3000 多吉 ')).toBe('扎西 多吉');
  expect(tidyName('e\u0301')).toBe('\u00e9');
});

test('adding refuses an unknown village, an empty name, a twin and the twenty-first', () => {
  const roster = { isVillage: true, people: [person('央金', '委员')] };
  expect(refuseAdd({ ...roster, isVillage: false }, person('x'))?.code).toBe('no-such-village');
  expect(refuseAdd(roster, person(''))?.code).toBe('no-name');
  expect(refuseAdd(roster, person('央金', '委员'))?.code).toBe('same-name');
  expect(refuseAdd(roster, person('央金', '主任'))).toBeNull();
  const people = Array.from({ length: peoplePerVillage }, (_, index) => person(`p${index}`));
  expect(refuseAdd({ isVillage: true, people }, person('new'))?.code).toBe('village-full');
  expect(refuseInactive(roster, 'nobody')?.code).toBe('not-active');
});

test('a login has one spelling, and a password is judged by its length', () => {
  expect(normaliseLogin(' Ｔashi ')).toBe('tashi');
  const judge = (login: string, password: string) => refuseCredentials({ login, password })?.code;
  expect(judge('ta', 'long enough words')).toBe('bad-login');
  expect(judge('tashi', 'short')).toBe('bad-password');
  expect(judge('tashi', 'my tashi is long')).toBe('bad-password');
  expect(judge('tashi', '一句自己能记住的话吧')).toBeUndefined();
});

test("a village's terminals are numbered, and the lowest free number comes next", () => {
  expect(nextTerminalId(village, [])).toBe(`${village}-1`);
  expect(nextTerminalId(village, [`${village}-1`, `${village}-3`])).toBe(`${village}-2`);
  const all = Array.from({ length: terminalsPerVillage }, (_, index) => `${village}-${index + 1}`);
  expect(nextTerminalId(village, all)).toBeNull();
});
