import type { Guide } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { askKeyOf, followGuide, looking, type SessionStage } from './session-stage.ts';

const after = (...words: Guide[]): SessionStage => words.reduce(followGuide, looking);

test('before a challenge every word is only a word', () => {
  expect(after('come-closer', 'face-the-camera', 'hold-still')).toEqual(looking);
  expect(askKeyOf('face-the-camera', looking)).toBe('guide.face-the-camera');
});

test('a turned head is called back, an open eye is thanked', () => {
  const turned = after('hold-still', 'turn-left', 'face-the-camera');
  expect(turned).toEqual({ kind: 'returning', challenge: 'turn-left' });
  expect(askKeyOf('face-the-camera', turned)).toBe('challenge.turnBack');
  expect(askKeyOf('face-the-camera', after('blink', 'face-the-camera'))).toBe('challenge.look');
});

test('a face that is lost begins again, and is then asked again', () => {
  expect(after('turn-right', 'look-at-camera')).toEqual(looking);
  expect(after('turn-right', 'face-the-camera', 'come-closer')).toEqual(looking);
  const again = after('turn-right', 'look-at-camera', 'hold-still', 'turn-right');
  expect(again).toEqual({ kind: 'acting', challenge: 'turn-right' });
  expect(askKeyOf('turn-right', again)).toBe('guide.turn-right');
});
