import { expect, test } from 'vitest';
import {
  judgeBackup,
  judgeClock,
  judgeDisk,
  judgeFlush,
  judgeMemory,
  judgeNode,
} from './findings.ts';

const gb = 1024 ** 3;
const now = Temporal.Instant.from('2026-11-26T04:00:00Z');

test('what is not as it should be says what to do, what is well says nothing', () => {
  const findings = [
    judgeNode('v26.10.0'),
    judgeDisk({ free: 20 * gb, total: 40 * gb }),
    judgeMemory(4 * gb),
    judgeFlush(1.4),
    judgeClock(now),
    judgeBackup('2026-11-25T00:00:00Z', now),
  ];
  expect(findings.map(({ state, remedy }) => [state, remedy])).toEqual(
    findings.map(() => ['ok', null]),
  );
  const bad = [
    judgeNode('v20.1.0'),
    judgeDisk({ free: 0.1 * gb, total: 40 * gb }),
    judgeDisk({ free: 2 * gb, total: 40 * gb }),
    judgeMemory(0.2 * gb),
    judgeFlush(0.001),
    judgeFlush(90),
    judgeClock(Temporal.Instant.from('1970-01-02T00:00:00Z')),
    judgeBackup(null, now),
    judgeBackup('2026-11-01T00:00:00Z', now),
  ];
  expect(bad.map(({ state }) => state)).toEqual([
    'wrong',
    'wrong',
    'warn',
    'warn',
    'warn',
    'warn',
    'wrong',
    'warn',
    'warn',
  ]);
  expect(bad.every(({ remedy }) => (remedy ?? '').length > 10)).toBe(true);
});
