import type { RoomLine, RoomWords, SeatLink, SignalName } from '@sightline/contracts';
import type { Page, WebSocketRoute } from 'playwright-core';
import { tableMeetingId } from '#kiosk/testing/table-meeting.ts';

export const ownSeat = 'venue-540202103202';
export const chairSeat = 'venue-5402';

/** A media server's signalling as the page hears it, without a server: no media flows, stills do. */
export interface ScriptedRoom {
  /** Waits until the page has entered. */
  entered(): Promise<void>;
  room(change: (room: RoomWords) => RoomWords): void;
  link(link: Omit<SeatLink, 'seatId'>): void;
  line(line: RoomLine): void;
  voice(seatId: string): void;
  still(seatId: string, jpeg: Buffer): void;
  over(why: 'ended' | 'removed' | 'elsewhere'): void;
  /** Cuts the connection; the next ones are refused until `heal`. */
  cut(): void;
  heal(): void;
}

export const roomStart: RoomWords = {
  control: {
    meetingId: tableMeetingId,
    version: 1,
    region: '5402',
    kind: 'call',
    title: '今夜降雪，了解道路和牲畜情况',
    chair: chairSeat,
    isOpen: true,
    isLocked: false,
    silencedAt: 0,
    floor: [],
    hands: [],
    onAir: [],
    carousel: null,
    screen: null,
    slides: null,
    interpreters: [],
    rollCall: null,
    isRecorded: false,
  },
  seats: [
    { seatId: chairSeat, region: '5402', name: '日喀则市指挥中心', role: 'main' },
    { seatId: ownSeat, region: '540202103202', name: '卓村', role: 'branch' },
  ],
  pictures: [chairSeat],
  presentCount: 2,
  present: null,
};

/** Answers the page's signalling to `mediaHost` (`127.0.0.1:9`) in the words of `signalling.ts`. */
export async function scriptRoom(page: Page, mediaHost: string): Promise<ScriptedRoom> {
  let socket: WebSocketRoute | null = null;
  let room = roomStart;
  let isCut = false;
  let consumers = 0;
  let entered = Promise.withResolvers<void>();
  const say = (...words: readonly unknown[]): void => socket?.send(`42${JSON.stringify(words)}`);
  const answer = (name: SignalName): object => {
    if (name === 'capabilities') return { routerRtpCapabilities };
    if (name === 'produce') return { producerId: 'p' };
    if (name === 'restart-ice') return { iceParameters };
    if (name !== 'enter') return {};
    entered.resolve();
    const common = { seatId: ownSeat, routerRtpCapabilities, plain: null, iceServers: [] };
    const transports = { send: transportOf('s'), receive: transportOf('r') };
    return { ...common, ...transports, room, lines: [] };
  };
  await page.routeWebSocket(
    (url) => url.host === mediaHost,
    (opened) => {
      if (isCut) {
        void opened.close();
        return;
      }
      socket = opened;
      // Engine.IO: open; a ping is never due.
      opened.send('0{"sid":"e","upgrades":[],"pingInterval":600000,"pingTimeout":600000}');
      opened.onMessage((message) => {
        const text = message.toString();
        if (text.startsWith('40')) opened.send('40{"sid":"s"}');
        const asked = /^42(\d+)(\[.*\])$/s.exec(text);
        if (asked === null) return;
        // The page's own requests: a name and a body.
        const [name] = JSON.parse(asked[2] ?? '[]') as [SignalName];
        opened.send(`43${asked[1]}${JSON.stringify([{ ok: true, ...answer(name) }])}`);
      });
    },
  );
  return {
    entered: () => entered.promise,
    room(change) {
      const next = change(room);
      room = { ...next, control: { ...next.control, version: room.control.version + 1 } };
      say('room', room);
    },
    link: (link) => say('links', [{ seatId: ownSeat, ...link }]),
    line: (line) => say('line', line),
    voice(seatId) {
      consumers += 1;
      say('consumer', {
        consumerId: `c${consumers}`,
        producerId: `p${consumers}`,
        seatId,
        source: 'microphone',
        kind: 'audio',
        rtpParameters: voiceOf(consumers),
      });
    },
    still(seatId, jpeg) {
      const word = ['still', { seatId, at: 0, jpeg: { _placeholder: true, num: 0 } }];
      socket?.send(`451-${JSON.stringify(word)}`);
      socket?.send(jpeg);
    },
    over: (why) => say('over', { why }),
    cut() {
      isCut = true;
      entered = Promise.withResolvers();
      void socket?.close();
    },
    heal() {
      isCut = false;
    },
  };
}

const iceParameters = {
  usernameFragment: 'u5yv8q2kd3tk',
  password: 'c3yzfxkq1lrzcm0ea9b7x2v8n4',
  iceLite: true,
};

function transportOf(id: string): object {
  return {
    id,
    iceParameters,
    iceCandidates: [
      {
        foundation: 'udpcandidate',
        address: '127.0.0.1',
        ip: '127.0.0.1',
        port: 9,
        priority: 1_076_302_079,
        protocol: 'udp',
        type: 'host',
      },
    ],
    dtlsParameters: {
      role: 'auto',
      fingerprints: [
        {
          algorithm: 'sha-256',
          value: Array.from({ length: 32 }, (_, i) => (i + 16).toString(16).toUpperCase()).join(
            ':',
          ),
        },
      ],
    },
  };
}

const opus = { mimeType: 'audio/opus', clockRate: 48_000, channels: 2, parameters: {} };
const routerRtpCapabilities = {
  codecs: [
    { ...opus, kind: 'audio', preferredPayloadType: 100, rtcpFeedback: [] },
    {
      kind: 'video',
      mimeType: 'video/VP8',
      clockRate: 90_000,
      preferredPayloadType: 101,
      parameters: {},
      rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
    },
  ],
  // Without them no picture in layers is sent.
  headerExtensions: (['mid', 'rtp-stream-id'] as const).map((name, at) => ({
    kind: 'video',
    uri: `urn:ietf:params:rtp-hdrext:sdes:${name}`,
    preferredId: at + 1,
    preferredEncrypt: false,
    direction: 'sendrecv',
  })),
};

function voiceOf(no: number): object {
  return {
    mid: String(no),
    codecs: [{ ...opus, payloadType: 100, rtcpFeedback: [] }],
    headerExtensions: [],
    encodings: [{ ssrc: 1_000 + no }],
    rtcp: { cname: `v${no}`, reducedSize: true, mux: true },
  };
}
