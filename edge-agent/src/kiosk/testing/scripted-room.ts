import {
  newControl,
  type PictureSource,
  type RoomLine,
  type RoomWords,
  type SeatLink,
  type SignalName,
} from '@sightline/contracts';
import type { Page, WebSocketRoute } from 'playwright-core';
import {
  consumerOf,
  iceParameters,
  routerRtpCapabilities,
  transportOf,
} from '#kiosk/testing/scripted-rtp.ts';
import { tableMeetingId } from '#kiosk/testing/table-meeting.ts';

export const ownSeat = 'venue-540202103202';
export const chairSeat = 'venue-5402';

/** A media server's signalling as the page hears it, without a server: no media flows, stills do. */
export interface ScriptedRoom {
  /** Waits until the page has entered. */
  entered(): Promise<void>;
  /** What it asked to hear when it entered last. */
  channel(): string;
  room(change: (room: RoomWords) => RoomWords): void;
  link(link: Omit<SeatLink, 'seatId'>): void;
  line(line: RoomLine): void;
  voice(seatId: string): void;
  still(of: { readonly seatId: string; readonly source: PictureSource }, jpeg: Buffer): void;
  /** A shared screen; no frame of it comes. */
  screen(seatId: string): void;
  /** Ends it. */
  endScreen(): void;
  /** The next lines the page says are refused with this code; null = they are taken. */
  refuseLines(code: string | null): void;
  over(why: 'ended' | 'removed' | 'elsewhere'): void;
  /** Cuts the connection; the next ones are refused until `heal`. */
  cut(): void;
  heal(): void;
}

export const roomStart: RoomWords = {
  control: newControl({
    meetingId: tableMeetingId,
    region: '5402',
    kind: 'call',
    title: '今夜降雪，了解道路和牲畜情况',
    chair: chairSeat,
    isOpen: true,
  }),
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
  let lineRefusal: string | null = null;
  let channel = '';
  let entered = Promise.withResolvers<void>();
  const say = (...words: readonly unknown[]): void => socket?.send(`42${JSON.stringify(words)}`);
  const offer = (of: Parameters<typeof consumerOf>[1]): void => {
    consumers += 1;
    say('consumer', consumerOf(consumers, of));
  };
  const answer = (name: SignalName): object => {
    if (name === 'line' && lineRefusal !== null) {
      return { ok: false, code: lineRefusal, detail: 'scripted' };
    }
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
        const [name, body] = JSON.parse(asked[2] ?? '[]') as [SignalName, { channel?: string }];
        if (name === 'enter') channel = body.channel ?? '';
        opened.send(`43${asked[1]}${JSON.stringify([{ ok: true, ...answer(name) }])}`);
      });
    },
  );
  return {
    entered: () => entered.promise,
    channel: () => channel,
    room(change) {
      const next = change(room);
      room = { ...next, control: { ...next.control, version: room.control.version + 1 } };
      say('room', room);
    },
    link: (link) => say('links', [{ seatId: ownSeat, ...link }]),
    line: (line) => say('line', line),
    voice: (seatId) => offer({ seatId, source: 'microphone' }),
    still(of, jpeg) {
      const word = ['still', { ...of, at: 0, jpeg: { _placeholder: true, num: 0 } }];
      socket?.send(`451-${JSON.stringify(word)}`);
      socket?.send(jpeg);
    },
    screen: (seatId) => offer({ seatId, source: 'screen' }),
    endScreen: () => say('consumer-closed', { consumerId: `c${consumers}` }),
    refuseLines(code) {
      lineRefusal = code;
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
