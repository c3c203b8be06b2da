import { createSocket, type Socket } from 'node:dgram';
import type { PlainOffer, SignalAnswer } from '@sightline/contracts';
import type { PageSeat } from './page-seat.ts';

type PlainSource = 'microphone' | 'camera';

interface Sounding {
  readonly kind: 'audio' | 'video';
  readonly codec: {
    readonly mimeType: string;
    readonly payloadType: number;
    readonly clockRate: number;
    readonly channels?: number;
    readonly parameters: Readonly<Record<string, never>>;
  };
  readonly payload: Buffer;
}

const soundings: Readonly<Record<PlainSource, Sounding>> = {
  microphone: {
    kind: 'audio',
    codec: {
      mimeType: 'audio/opus',
      payloadType: 100,
      clockRate: 48_000,
      channels: 2,
      parameters: {},
    },
    // An Opus packet of silence: one frame of 20 ms.
    payload: Buffer.from([0xf8, 0xff, 0xfe]),
  },
  camera: {
    kind: 'video',
    codec: { mimeType: 'video/VP8', payloadType: 101, clockRate: 90_000, parameters: {} },
    // RFC 7741: the start of a frame, then the header of a key frame of 16 × 16.
    payload: Buffer.from([0x10, 0x50, 0x00, 0x00, 0x9d, 0x01, 0x2a, 0x10, 0x00, 0x10, 0x00]),
  },
};

/** A village without a browser: small, real RTP, as a hardware codec would send it. */
export class PlainVenue implements Disposable {
  readonly #to: PlainOffer;
  readonly #socket: Socket;
  readonly #ssrc: number;
  readonly #everyMs: number;
  readonly #sounding: Sounding;
  #seq = 1;
  #timestamp = 1;
  #timer: NodeJS.Timeout | null = null;
  /** Datagrams that came from the media server. */
  received = 0;
  /** Of these, RTP: somebody's voice. */
  voicePackets = 0;

  private constructor(
    to: PlainOffer,
    { ssrc, everyMs, source }: { ssrc: number; everyMs: number; source: PlainSource },
  ) {
    this.#to = to;
    this.#ssrc = ssrc;
    this.#everyMs = everyMs;
    this.#sounding = soundings[source];
    this.#socket = createSocket('udp4');
    this.#socket.on('message', (bytes) => {
      this.received += 1;
      // RFC 5761: RTCP's packet types lie in 64 … 95 of this field.
      const type = (bytes[1] ?? 0) & 0x7f;
      if (type < 64 || type > 95) this.voicePackets += 1;
    });
    this.#socket.unref();
  }

  /** Produces its microphone or camera for a seat that has entered by plain RTP, and sends at once. */
  static async open(
    seat: PageSeat,
    {
      plain,
      ssrc,
      everyMs = 50,
      source = 'microphone',
    }: {
      readonly plain: PlainOffer;
      readonly ssrc: number;
      readonly everyMs?: number;
      readonly source?: PlainSource;
    },
  ): Promise<PlainVenue> {
    const answer = await produce(seat, { ssrc, source });
    if (!answer.ok) throw new Error(`${answer.code}: ${answer.detail}`);
    const venue = new PlainVenue(plain, { ssrc, everyMs, source });
    venue.start();
    return venue;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#send(), this.#everyMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  [Symbol.dispose](): void {
    this.stop();
    this.#socket.close();
  }

  #send(): void {
    const header = Buffer.alloc(12);
    header[0] = 0x80;
    const { codec, payload } = this.#sounding;
    header[1] = codec.payloadType;
    header.writeUInt16BE(this.#seq & 0xff_ff, 2);
    header.writeUInt32BE(this.#timestamp >>> 0, 4);
    header.writeUInt32BE(this.#ssrc, 8);
    this.#seq += 1;
    this.#timestamp += (codec.clockRate * this.#everyMs) / 1000;
    this.#socket.send(Buffer.concat([header, payload]), this.#to.port, this.#to.ip);
  }
}

/** Asks to send a microphone by plain RTP. */
export function produceMicrophone(seat: PageSeat, ssrc: number): Promise<SignalAnswer<'produce'>> {
  return produce(seat, { ssrc, source: 'microphone' });
}

function produce(
  seat: PageSeat,
  { ssrc, source }: { readonly ssrc: number; readonly source: PlainSource },
): Promise<SignalAnswer<'produce'>> {
  const { kind, codec } = soundings[source];
  return seat.ask('produce', {
    source,
    kind,
    rtpParameters: {
      codecs: [codec],
      encodings: [{ ssrc }],
      rtcp: { cname: `venue-${ssrc}` },
    },
  });
}
