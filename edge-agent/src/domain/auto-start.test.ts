import { describe, expect, test } from 'vitest';
import { afterSession, nobodySeen, watch } from '#domain/auto-start.ts';

const now = Temporal.Instant.from('2026-11-23T12:00:00Z');
const person = { hasFace: true, isUsable: true };

describe('automatic sessions', () => {
  test('a person who comes to the camera starts one', () => {
    expect(watch(nobodySeen, person, now).starts).toBe(true);
  });

  test('a person who stays after the answer does not start another', () => {
    const later = now.add({ seconds: 30 });
    expect(watch(afterSession(now), person, later).starts).toBe(false);
  });

  test('the next person, after the place was empty, does', () => {
    const { watch: empty } = watch(afterSession(now), { hasFace: false, isUsable: false }, now);
    expect(watch(empty, person, now).starts).toBe(true);
  });

  test('somebody far off starts nothing', () => {
    expect(watch(nobodySeen, { hasFace: true, isUsable: false }, now).starts).toBe(false);
  });
});
