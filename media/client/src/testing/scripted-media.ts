import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newControl, type EnterReply, type RoomWords, type SignalName } from '@sightline/contracts';
import { Server, type Socket } from 'socket.io';
import {
  generateConsumerRemoteParameters,
  generateRouterRtpCapabilities,
  generateTransportRemoteParameters,
} from 'mediasoup-client/fakeParameters';

export const villageSeat = 'venue-540235100201';
export const countySeat = 'venue-540235';

type Answer = Record<string, unknown>;
/** What the script answers to one request; null = it never answers. */
export type Script = (name: SignalName, body: unknown, asked: number) => Answer | null;

export interface ScriptedMedia extends AsyncDisposable {
  readonly url: string;
  /** Every request so far, in order. */
  readonly asked: readonly { readonly name: string; readonly body: unknown }[];
  /** Tokens of the connections so far. */
  readonly tokens: readonly string[];
  script: Script;
  /** Refuses the next connections with this code; null = lets them in. */
  refuseWith: string | null;
  say(word: string, body: unknown): void;
  cut(): void;
}

export const roomWords: RoomWords = {
  control: newControl({
    meetingId: '0190aaaa-0000-7000-8000-000000000001',
    region: '540235',
    kind: 'meeting',
    title: '防汛会商',
    chair: countySeat,
    isOpen: true,
  }),
  seats: [],
  pictures: [countySeat],
  presentCount: 2,
  present: null,
};

export function scriptedConsumer(consumerId: string, kind: 'audio' | 'video') {
  const codecMimeType = kind === 'audio' ? 'audio/opus' : 'video/VP8';
  const { producerId, rtpParameters } = generateConsumerRemoteParameters({ codecMimeType });
  const source = kind === 'audio' ? ('microphone' as const) : ('camera' as const);
  return { consumerId, producerId, kind, rtpParameters, seatId: countySeat, source };
}

/** A media server that says what the test tells it; WebRTC is mediasoup-client's own fake handler. */
export async function openScriptedMedia(): Promise<ScriptedMedia> {
  const http = createServer();
  const io = new Server(http, { path: '/signal' });
  const asked: { name: string; body: unknown }[] = [];
  const tokens: string[] = [];
  let refuseWith: string | null = null;
  let script: Script = answerWell;
  io.use((socket, next) => {
    tokens.push(String(socket.handshake.auth['token']));
    if (refuseWith === null) next();
    else next(Object.assign(new Error(refuseWith), { data: { code: refuseWith, detail: '…' } }));
  });
  io.on('connection', (socket: Socket) => {
    socket.onAny((name: SignalName, body: unknown, answer: (said: unknown) => void) => {
      asked.push({ name, body });
      const count = asked.filter((one) => one.name === name).length;
      const said = script(name, body, count);
      if (said !== null) answer(said);
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  // A TCP listener has an address with a port.
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    tokens,
    get script() {
      return script;
    },
    set script(next) {
      script = next;
    },
    get refuseWith() {
      return refuseWith;
    },
    set refuseWith(next) {
      refuseWith = next;
    },
    say: (word, body) => void io.emit(word, body),
    cut: () => io.disconnectSockets(true),
    async [Symbol.asyncDispose]() {
      await io.close();
    },
  };
}

export function answerWell(name: SignalName): Answer {
  switch (name) {
    case 'capabilities':
      return { ok: true, routerRtpCapabilities: generateRouterRtpCapabilities() };
    case 'enter':
      return { ok: true, ...enterReply() };
    case 'produce':
      return { ok: true, producerId: crypto.randomUUID() };
    case 'restart-ice':
      return { ok: true, iceParameters: generateTransportRemoteParameters().iceParameters };
    default:
      return { ok: true };
  }
}

export function enterReply(): EnterReply {
  return {
    seatId: villageSeat,
    routerRtpCapabilities: generateRouterRtpCapabilities(),
    send: generateTransportRemoteParameters(),
    receive: generateTransportRemoteParameters(),
    plain: null,
    iceServers: [],
    room: roomWords,
    lines: [],
  };
}
