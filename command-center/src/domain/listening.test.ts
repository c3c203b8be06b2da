import { expect, test } from 'vitest';
import { listeningChanges } from './listening.ts';

const now = Temporal.Instant.from('2026-11-23T12:00:00.000Z');
const ago = (seconds: number): Temporal.Instant => now.subtract({ seconds });
const show = (changes: ReturnType<typeof listeningChanges>) =>
  changes.map(({ listening, since }) => [listening, since.toString()]);
const given = (lastAliveAt: Temporal.Instant | null = null) => ({ now, lastAliveAt });

test('a broker that never listened is not spoken of', () => {
  const never = { listeningSince: null, aliveAt: null };
  expect(listeningChanges(null, never, given())).toEqual([]);
});

test('the first listening is recorded once', () => {
  const broker = { listeningSince: ago(100), aliveAt: ago(1) };
  const changes = listeningChanges(null, broker, given());
  expect(show(changes)).toEqual([[true, ago(100).toString()]]);
  expect(listeningChanges(changes[0] ?? null, broker, given())).toEqual([]);
});

test('three missed renewals are recorded as silence since the last of them, once', () => {
  const recorded = { listening: true, since: ago(100) };
  const broker = { listeningSince: ago(100), aliveAt: ago(16) };
  const changes = listeningChanges(recorded, broker, given());
  expect(show(changes)).toEqual([[false, ago(16).toString()]]);
  expect(listeningChanges(changes[0] ?? null, broker, given())).toEqual([]);
});

test('a restart between two looks is a fall at the last renewal seen, then a rise', () => {
  const recorded = { listening: true, since: ago(100) };
  const broker = { listeningSince: ago(3), aliveAt: ago(1) };
  expect(show(listeningChanges(recorded, broker, given(ago(9))))).toEqual([
    [false, ago(9).toString()],
    [true, ago(3).toString()],
  ]);
  expect(show(listeningChanges(recorded, broker, given()))).toEqual([
    [false, ago(3).toString()],
    [true, ago(3).toString()],
  ]);
});
