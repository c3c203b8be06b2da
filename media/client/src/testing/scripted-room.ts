import {
  type PictureSource,
  type RoomLine,
  type RoomWords,
  type HeldPicture,
  type SeatLink,
  type SignalName,
} from '@sightline/contracts';
import type { Page, WebSocketRoute } from 'playwright-core';
import { consumerOf, iceParameters, routerRtpCapabilities, transportOf } from './scripted-rtp.ts';

/** A media server's signalling as the page hears it, without a server: no media flows, stills do. */
export interface ScriptedRoom {
  /** Waits until the page has entered. */
  entered(): Promise<void>;
  /** What it asked to hear when it entered last. */
  channel(): string;
  room(change: (room: RoomWords) => RoomWords): void;
  link(link: Omit<SeatLink, 'seatId'>): void;
  /** Of others, as the chair is told. */
  links(links: readonly SeatLink[]): void;
  line(line: RoomLine): void;
  voice(seatId: string): void;
  still(of: { readonly seatId: string; readonly source: PictureSource }, jpeg: Buffer): void;
  /** A shared screen; no frame of it comes. */
  screen(seatId: string): void;
  /** What of the pictures does not come now for its sender's part. */
  held(held: readonly HeldPicture[]): void;
  /** A venue's camera; no frame of it comes. */
  camera(seatId: string): void;
  /** Ends it. */
  endScreen(): void;
  /** The next lines the page says are refused with this code; null = they are taken. */
  refuseLines(code: string | null): void;
  over(why: 'ended' | 'removed' | 'elsewhere'): void;
  /** Cuts the connection; the next ones are refused until `heal`. */
  cut(): void;
  heal(): void;
}

export interface ScriptedPlace {
  /** Where the page looks for its media server, `127.0.0.1:9`. */
  readonly mediaHost: string;
  readonly ownSeat: string;
  readonly start: RoomWords;
}

/** Answers the page's signalling to `mediaHost` in the words of `signalling.ts`. */
export async function scriptRoom(
  page: Page,
  { mediaHost, ownSeat, start }: ScriptedPlace,
): Promise<ScriptedRoom> {
  let socket: WebSocketRoute | null = null;
  let room = start;
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
  const answer = (name: SignalName, body: Asked): object => {
    if (name === 'line' && lineRefusal !== null) {
      return { ok: false, code: lineRefusal, detail: 'scripted' };
    }
    if (name === 'capabilities') return { routerRtpCapabilities };
    if (name === 'produce') return { producerId: 'p' };
    if (name === 'restart-ice') return { iceParameters };
    if (name !== 'enter') return {};
    channel = body.channel ?? '';
    entered.resolve();
    const common = { seatId: ownSeat, routerRtpCapabilities, plain: null, iceServers: [] };
    const transports = { send: transportOf('s'), receive: transportOf('r') };
    return { ...common, ...transports, room, lines: [] };
  };
  await page.routeWebSocket(
    (url) => url.host === mediaHost,
    (opened) => {
      if (isCut) return void opened.close();
      socket = opened;
      return serve(opened, answer);
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
    links: (links) => say('links', links),
    line: (line) => say('line', line),
    voice: (seatId) => offer({ seatId, source: 'microphone' }),
    still(of, jpeg) {
      const word = [
        'still',
        { ...of, at: 0, from: 0, of: jpeg.byteLength, jpeg: { _placeholder: true, num: 0 } },
      ];
      socket?.send(`451-${JSON.stringify(word)}`);
      socket?.send(jpeg);
    },
    held: (held) => say('held', held),
    camera: (seatId) => offer({ seatId, source: 'camera' }),
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

/** Answers each connection of the page as Engine.IO and Socket.IO would: open, joined, each request answered; a ping is never due. */
function serve(opened: WebSocketRoute, answer: (name: SignalName, body: Asked) => object): void {
  opened.send('0{"sid":"e","upgrades":[],"pingInterval":600000,"pingTimeout":600000}');
  opened.onMessage((message) => {
    const text = message.toString();
    if (text.startsWith('40')) opened.send('40{"sid":"s"}');
    const asked = /^42(\d+)(\[.*\])$/s.exec(text);
    if (asked === null) return;
    // The page's own requests: a name and a body.
    const [name, body] = JSON.parse(asked[2] ?? '[]') as [SignalName, Asked];
    opened.send(`43${asked[1]}${JSON.stringify([{ ok: true, ...answer(name, body) }])}`);
  });
}

interface Asked {
  readonly channel?: string;
}
