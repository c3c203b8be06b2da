import { expect, test } from 'vitest';
import { ownAbsences } from './own-absences.ts';

const days = { from: '2026-11-25', to: '2026-11-27' };
const asked = (absenceId: string, personId: string, hour: number) => ({
  absenceId,
  personId,
  ...days,
  at: `2026-11-23T0${hour}:00:00.000Z`,
});

test('what was said here waits until the centre tells of it; nobody else’s is shown, the newest comes first', () => {
  const known = [asked('one', 'ann', 1), asked('two', 'ann', 2), asked('three', 'bo', 3)];
  const told = [{ ...asked('one', 'ann', 1), state: 'approved' as const }];
  expect(ownAbsences(known, told, 'ann').map(({ absenceId, state }) => [absenceId, state])).toEqual(
    [
      ['two', 'waiting'],
      ['one', 'approved'],
    ],
  );
  const waiting = [{ ...asked('two', 'ann', 2), state: 'asked' as const }];
  expect(ownAbsences([], waiting, 'ann')).toMatchObject([{ absenceId: 'two', state: 'waiting' }]);
});
