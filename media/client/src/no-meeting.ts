import type { MeetingSnapshot } from '#meeting-client.ts';

/** How a page stands before it is in any room. Apart from the client: a page that only waits needs no more. */
export const noMeeting: MeetingSnapshot = {
  phase: 'connecting',
  over: null,
  problem: null,
  awaySinceMs: null,
  wayLostSinceMs: null,
  seatId: null,
  room: null,
  lines: [],
  pictures: [],
  voices: [],
  own: null,
  links: new Map(),
  sending: { microphone: 'off', camera: 'off', screen: 'off', interpreter: 'off' },
};
