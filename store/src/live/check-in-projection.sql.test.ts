import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catchUp } from '#log/projector.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { checkInProjection } from './check-in-projection.ts';
import { checkedIn, checkedInBy, TestSource, type TestFact } from './testing-facts.ts';

const village = '540202001001';
const at = (minutes: number): string =>
  Temporal.Instant.from('2026-11-23T06:00:00.000Z')
    .add({ minutes })
    .toString({ fractionalSecondDigits: 3 });

describe.each(engines)('check-ins on $name', ({ open }) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store[Symbol.asyncDispose]());

  const project = async (facts: readonly TestFact[]): Promise<void> => {
    await new TestSource().append(store, facts);
    await catchUp(store, [checkInProjection]);
  };

  test('a check-in keeps its witness, and that its face came from a sample camera', async () => {
    const witnessId = randomUUID();
    const face = {
      model: 'm',
      similarity: 0.8,
      margin: 0.4,
      threshold: 0.5,
      frames: 3,
      liveness: 0.9,
      challenge: 'blink',
    };
    await project([
      checkedIn(village, at(-4)),
      checkedInBy(village, at(-3), { method: 'pin-witness', witnessId }),
      checkedInBy(village, at(-2), { method: 'face', face }),
      checkedInBy(village, at(-1), { method: 'face', face: { ...face, sampleCamera: true } }),
    ]);
    const { rows } = await store.pool.query(
      'select method, witness_id, sample_camera from check_in order by at',
    );
    expect(rows).toEqual([
      { method: 'pin', witness_id: null, sample_camera: false },
      { method: 'pin-witness', witness_id: witnessId, sample_camera: false },
      { method: 'face', witness_id: null, sample_camera: false },
      { method: 'face', witness_id: null, sample_camera: true },
    ]);
  });
});
