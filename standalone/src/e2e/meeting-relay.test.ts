import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RelayAnswers } from './testing/relay-answers.ts';
import { runInOwnNetwork, whyNoNetwork } from './testing/own-network.ts';
import { print } from './testing/trials.ts';

const program = fileURLToPath(new URL('testing/meeting-relay-main.ts', import.meta.url));
const reason = whyNoNetwork('meeting-relay');

/** RFC 8656, 18: no key, peer forbidden, transport not supported, quota reached. */
const [unauthorised, forbidden, unsupported, quotaReached] = [401, 403, 442, 486];

describe.skipIf(reason !== null)('coturn, set as the page on operations tells', () => {
  let answers: RelayAnswers;
  beforeAll(() => {
    answers = runInOwnNetwork(program, [], 120_000) as RelayAnswers; // What it prints itself.
    print(`meeting-relay: ${JSON.stringify(answers)}`);
  }, 150_000);

  it('takes the key of a seat, and no key that is wrong, stale, stretched or another seat’s', () => {
    expect(answers.keys).toEqual({
      good: 0,
      wrong: unauthorised,
      stale: unauthorised,
      stretched: unauthorised,
      borrowed: unauthorised,
    });
  });

  it('relays to the media server, and to no database, no loopback and nobody else', () => {
    const { 'media server': mediaServer, ...others } = answers.peers;
    expect(mediaServer).toBe(0);
    expect(Object.keys(others)).toHaveLength(16);
    for (const [peer, answer] of Object.entries(others)) {
      expect([peer, answer]).toEqual([peer, forbidden]);
    }
    expect(answers.tcp).toBe(unsupported);
    expect(answers.heardInside).toBe(0);
  });

  it('gives one seat sixteen ports, whatever keys it shows, and each port its bytes a second', () => {
    // Three were taken by the questions before.
    expect(answers.granted).toBe(13);
    expect(answers.afterGranted).toBe(quotaReached);
    expect(answers.sentBytes).toBeGreaterThan(2 * answers.allowedBytes);
    expect(answers.throughBytes).toBeGreaterThan(0);
    expect(answers.throughBytes).toBeLessThanOrEqual(answers.allowedBytes);
  });
});
