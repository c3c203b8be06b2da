import type { Desired } from '@sightline/contracts';
import { describe, expect, it } from 'vitest';
import { isNewer } from '#domain/judge-desired.ts';
import { reconcile } from '#domain/reconcile.ts';

const [anna, bela] = [
  '0198c0de-0000-7000-8000-00000000000a',
  '0198c0de-0000-7000-8000-00000000000b',
];

function desired(version: number, people: readonly string[], terminalId = 't-1'): Desired {
  return {
    v: 1,
    terminalId,
    version,
    region: '540235100001',
    placeNames: [],
    people: people.map((personId) => ({ personId, name: 'x', post: '' })),
    settings: { faceEnabled: true, demo: false },
    grants: [],
  };
}

describe('desired state', () => {
  it('forgets face and PIN of whoever is not on the list any more, then takes the version', () => {
    const reported = { version: 3, faces: [anna, bela], pins: [bela] };
    expect(reconcile(reported, desired(4, [anna]))).toEqual([
      { kind: 'forget-face', personId: bela, reason: 'off-list' },
      { kind: 'forget-pin', personId: bela },
      { kind: 'adopt-version', version: 4 },
    ]);
  });

  it('asks for nothing when all is as it should be', () => {
    expect(reconcile({ version: 4, faces: [anna], pins: [] }, desired(4, [anna]))).toEqual([]);
  });

  it('is replaced only by a newer document for this terminal', () => {
    const standing = desired(4, []);
    expect(isNewer(standing, desired(5, []), 't-1')).toBe(true);
    expect(isNewer(standing, desired(4, [anna]), 't-1')).toBe(false);
    expect(isNewer(standing, desired(9, [], 't-2'), 't-1')).toBe(false);
    expect(isNewer(null, desired(1, []), null)).toBe(false);
    expect(isNewer(desired(9, [], 't-0'), desired(1, []), 't-1')).toBe(true);
  });
});
