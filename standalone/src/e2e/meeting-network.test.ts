import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { MediaPath } from './testing/meeting-paths.ts';
import type { NetworkMeeting } from './testing/network-meeting.ts';
import { runInOwnNetwork, whyNoNetwork } from './testing/own-network.ts';
import { print } from './testing/trials.ts';

const program = fileURLToPath(new URL('testing/meeting-network-main.ts', import.meta.url));
const reason = whyNoNetwork('meeting-network');

/** Two pages of a village in a meeting, over TLS, by the way that is named. */
function meetBy(way: string): NetworkMeeting {
  const meeting = runInOwnNetwork(program, [way], 500_000) as NetworkMeeting; // What it prints itself.
  print(`meeting-network ${way}: ${JSON.stringify(meeting)}`);
  return meeting;
}

/** Each page has two transports, one a direction. */
const transports = 4;
const ways = ({ paths }: NetworkMeeting, of: (path: MediaPath) => string | null) =>
  new Set(paths.map((path) => of(path)));

function expectSeenAndHeard({ paths, seen, heard, onFree, onThin }: NetworkMeeting): void {
  expect(paths).toHaveLength(transports);
  expect(seen.every((frames) => frames > 10)).toBe(true);
  expect(heard.every((loudest) => loudest > 0.01)).toBe(true);
  expect(onFree).toMatch(/^video-300 /);
  // The same ladder, whatever way the media takes: on a thin wire it says so, and why.
  expect(onThin).toMatch(/^(?!video-300 |undefined)\S+ (?!good)\S+$/);
}

describe.skipIf(reason !== null)('a village whose network lets little through', () => {
  it('meets over ICE-TCP, by the one port, where no datagram passes', () => {
    const meeting = meetBy('tcp');
    expectSeenAndHeard(meeting);
    expect(ways(meeting, ({ protocol }) => protocol)).toEqual(new Set(['tcp']));
    expect(ways(meeting, ({ relayedOver }) => relayedOver)).toEqual(new Set([null]));
    expect(meeting.ports).toEqual([7411]);
  }, 520_000);

  it('meets through coturn over UDP with keys of its seat, and again after coturn was killed', () => {
    const meeting = meetBy('relay-udp');
    expectSeenAndHeard(meeting);
    expect(ways(meeting, ({ near }) => near)).toEqual(new Set(['relay']));
    expect(ways(meeting, ({ relayedOver }) => relayedOver)).toEqual(new Set(['udp']));
    expect(meeting.ports.every((port) => port >= 7411 && port <= 7413)).toBe(true);
    expect(meeting.backAfterRelay).toBe(2);
  }, 520_000);

  it('meets through coturn over TLS where no datagram passes, and again after coturn was killed', () => {
    const meeting = meetBy('relay-tls');
    expectSeenAndHeard(meeting);
    expect(ways(meeting, ({ near }) => near)).toEqual(new Set(['relay']));
    expect(ways(meeting, ({ relayedOver }) => relayedOver)).toEqual(new Set(['tls']));
    expect(meeting.backAfterRelay).toBe(2);
  }, 520_000);
});
