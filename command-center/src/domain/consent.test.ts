import { expect, test } from 'vitest';
import { faceStateOf, refuseFaceCode, refuseWithdrawal, type FaceAt } from './consent.ts';

const face = (change: Partial<FaceAt>): FaceAt => ({
  terminalId: 't-1',
  isWithdrawn: false,
  erasedFor: null,
  isKeyEnded: false,
  ...change,
});

test('a person without a template anywhere has no face, also after leaving the list', () => {
  expect(faceStateOf([])).toBe('none');
  expect(faceStateOf([face({ erasedFor: 'off-list' })])).toBe('none');
});

test('a withdrawn face is being erased until every terminal that held it has said so', () => {
  const erased = face({ isWithdrawn: true, erasedFor: 'withdrawn' });
  const held = face({ terminalId: 't-2', isWithdrawn: true });
  expect(faceStateOf([face({}), erased])).toBe('enrolled');
  expect(faceStateOf([erased, held])).toBe('withdrawing');
  expect(faceStateOf([erased, { ...held, isKeyEnded: true }])).toBe('withdrawing');
  expect(faceStateOf([erased, { ...held, erasedFor: 'withdrawn' }])).toBe('withdrawn');
});

test('only an enrolled face is withdrawn, and the refusal says which it is', () => {
  expect(refuseWithdrawal('enrolled')).toBeNull();
  expect(refuseWithdrawal('none')?.code).toBe('no-face-consent');
  expect(refuseWithdrawal('withdrawing')?.code).toBe('already-withdrawn');
  expect(refuseWithdrawal('withdrawn')?.code).toBe('already-withdrawn');
});

test('no code for a new face is given out while its terminal still has to erase the one before', () => {
  const erasing = face({ isWithdrawn: true });
  expect(refuseFaceCode([erasing], 't-1')?.code).toBe('still-erasing');
  expect(refuseFaceCode([erasing], 't-2')).toBeNull();
  expect(refuseFaceCode([{ ...erasing, erasedFor: 'withdrawn' }], 't-1')).toBeNull();
  expect(refuseFaceCode([face({})], 't-1')).toBeNull();
  // A device whose key has ended never answers: the terminal's next device may be used.
  expect(refuseFaceCode([{ ...erasing, isKeyEnded: true }], 't-1')).toBeNull();
});
