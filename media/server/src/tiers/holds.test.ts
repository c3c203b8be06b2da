import {
  newControl,
  type HeldPicture,
  type RoomRules,
  type Seat,
  type Tier,
} from '@sightline/contracts';
import { expect, test } from 'vitest';
import type { OnAir } from '#rooms/on-air.ts';
import { Holds } from './holds.ts';

const [chair, sender, viewer, other] = [
  'venue-540235',
  'venue-540235100201',
  'venue-540235100202',
  'venue-540235100203',
] as const;
const control = newControl({
  meetingId: '0190a5d4-0000-7000-8000-0000000000e1',
  region: '540235',
  kind: 'meeting',
  title: '例会',
  chair,
  isOpen: true,
});
const seats = [chair, sender, viewer, other].map((seatId): Seat => {
  return { seatId, region: seatId.slice('venue-'.length), name: seatId, role: 'branch' };
});
const rules: RoomRules = {
  control: { ...control, onAir: [sender], screen: sender },
  seats: new Map(seats.map((seat) => [seat.seatId, seat])),
};

type Source = 'camera' | 'screen' | 'microphone';

/** A room of four, second by second, in which one sends. */
function openRoom() {
  let nowMs = 100_000;
  const holds = new Holds(() => nowMs);
  const told: Record<string, (readonly HeldPicture[])[]> = {};
  const sends = {
    sources: ['camera', 'screen', 'microphone'] as Source[],
    tier: 'video-300' as Tier,
    paused: null as Source | null,
    /** What of it comes. */
    came: ['camera', 'screen', 'microphone'] as readonly Source[],
  };
  const onAir = (seatId: string) => (seatId === sender ? sends.sources : []);
  const peers = seats.map(({ seatId }) => ({
    seatId,
    watch: seatId === other ? [] : [sender],
    tell: (event: string, ...[word]: readonly unknown[]) => {
      if (event === 'held') (told[seatId] ??= []).push(word as readonly HeldPicture[]);
    },
    sending: {
      *onAir() {
        for (const source of onAir(seatId)) {
          const isFlowing = sends.paused !== source;
          // What holds read of it.
          yield { seatId, source, isFlowing, isStopped: false } as OnAir;
        }
      },
    },
    tiers: {
      get up() {
        return { tier: sends.tier, reason: 'bandwidth' as const };
      },
    },
  }));
  const room = { rules, peers: new Map(peers.map((peer) => [peer.seatId, peer])) };
  const pass = (seconds: number): void => {
    for (let n = 0; n < seconds; n += 1) {
      nowMs += 1_000;
      for (const peer of peers) {
        holds.learn(peer, { came: peer.seatId === sender ? sends.came : [] });
      }
      holds.tell(room);
    }
  };
  return { sends, pass, told: (seatId: string) => told[seatId] ?? [] };
}

const camera = { seatId: sender, source: 'camera' } as const;
const screen = { seatId: sender, source: 'screen' } as const;

test('while pictures come nothing is said, and of a picture that has just begun neither', () => {
  const { sends, pass, told } = openRoom();
  pass(10);
  sends.sources = ['microphone'];
  pass(60);
  // Shared anew: what came of the one before says nothing of it.
  sends.sources = ['screen', 'microphone'];
  sends.came = ['microphone'];
  pass(3);
  expect(told(viewer)).toEqual([]);
});

test('where the link of its sender carries no picture, viewers are told within a second of the last packet', () => {
  const { sends, pass, told } = openRoom();
  pass(5);
  sends.tier = 'audio';
  pass(2);
  // Packets that were on their way still come.
  expect(told(viewer)).toEqual([]);
  sends.came = ['microphone'];
  pass(1);
  const held = { hasStills: false, reason: 'bandwidth', forMs: 1_000 };
  expect(told(viewer)).toEqual([
    [
      { ...screen, ...held },
      { ...camera, ...held },
    ],
  ]);
  // Nobody tells a page of pictures it does not see: this one shows the screen alone.
  expect(told(other)).toEqual([[{ ...screen, ...held }]]);
  expect(told(sender)).toEqual([]);
  pass(20);
  expect(told(viewer).length).toBe(1);
});

test('stills that go on are said, and since when it stands still does not change while it does', () => {
  const { sends, pass, told } = openRoom();
  pass(5);
  sends.tier = 'stills';
  sends.came = ['microphone'];
  pass(10);
  sends.tier = 'audio';
  pass(1);
  const said = told(viewer).map(([first]) => [first?.hasStills, first?.forMs]);
  expect(said).toEqual([
    [true, 1_000],
    [false, 11_000],
  ]);
});

test('it comes again when packets of it do, not when the link is said to carry it', () => {
  const { sends, pass, told } = openRoom();
  pass(5);
  sends.tier = 'audio';
  sends.came = ['microphone'];
  pass(3);
  sends.tier = 'video-64';
  pass(2);
  expect(told(viewer).at(-1)?.length).toBe(2);
  sends.came = ['microphone', 'screen'];
  pass(1);
  expect(told(viewer).at(-1)).toMatchObject([camera]);
  sends.came = ['microphone', 'screen', 'camera'];
  pass(1);
  expect(told(viewer).at(-1)).toEqual([]);
});

test('a picture that stops while the voice goes on is said after four seconds, whatever the tier', () => {
  const { sends, pass, told } = openRoom();
  pass(5);
  sends.came = ['microphone', 'screen'];
  pass(3);
  expect(told(viewer)).toEqual([]);
  pass(1);
  const held = { hasStills: false, reason: 'stalled', forMs: 4_000 };
  expect(told(viewer)).toEqual([[{ ...camera, ...held }]]);
});

test('a screen on which nothing moves is sent seldom: beside a camera that comes it is no picture that does not', () => {
  const { sends, pass, told } = openRoom();
  pass(5);
  sends.came = ['camera'];
  pass(60);
  expect(told(viewer)).toEqual([]);
  // Alone it is one after eight seconds.
  sends.sources = ['screen', 'microphone'];
  sends.came = ['screen', 'microphone'];
  pass(2);
  sends.came = ['microphone'];
  pass(7);
  expect(told(viewer)).toEqual([]);
  pass(1);
  const held = { hasStills: false, reason: 'stalled', forMs: 8_000 };
  expect(told(viewer)).toEqual([[{ ...screen, ...held }]]);
});

test('what the venue itself has turned off is said to be its choice', () => {
  const { sends, pass, told } = openRoom();
  pass(5);
  sends.paused = 'camera';
  sends.came = ['microphone', 'screen'];
  pass(1);
  expect(told(viewer)).toEqual([[{ ...camera, hasStills: false, reason: 'chosen', forMs: 1_000 }]]);
});
