import { createSocket, type Socket } from 'node:dgram';
import type { PlainOffer, SignalAnswer } from '@sightline/contracts';
import type { PageSeat } from './page-seat.ts';

/** An Opus packet of silence: one frame of 20 ms. */
const silence = Buffer.from([0xf8, 0xff, 0xfe]);
const payloadType = 100;
const clockRate = 48_000;

/** A village without a browser: small, real RTP, as a hardware codec would send it. */
export class PlainVenue implements Disposable {
  readonly #to: PlainOffer;
  readonly #socket: Socket;
  readonly #ssrc: number;
  readonly #everyMs: number;
  #seq = 1;
  #timestamp = 1;
  #timer: NodeJS.Timeout | null = null;
  /** Datagrams that came from the media server. */
  received = 0;
  /** Of these, RTP: somebody's voice. */
  voicePackets = 0;

  private constructor(to: PlainOffer, ssrc: number, everyMs: number) {
    this.#to = to;
    this.#ssrc = ssrc;
    this.#everyMs = everyMs;
    this.#socket = createSocket('udp4');
    this.#socket.on('message', (bytes) => {
      this.received += 1;
      // RFC 5761: RTCP's packet types lie in 64 … 95 of this field.
      const type = (bytes[1] ?? 0) & 0x7f;
      if (type < 64 || type > 95) this.voicePackets += 1;
    });
    this.#socket.unref();
  }

  /** Produces its microphone for a seat that has entered by plain RTP, and sends at once. */
  static async open(
    seat: PageSeat,
    {
      plain,
      ssrc,
      everyMs = 50,
    }: {
      readonly plain: PlainOffer;
      readonly ssrc: number;
      readonly everyMs?: number;
    },
  ): Promise<PlainVenue> {
    const answer = await produceMicrophone(seat, ssrc);
    if (!answer.ok) throw new Error(`${answer.code}: ${answer.detail}`);
    const venue = new PlainVenue(plain, ssrc, everyMs);
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
    header[1] = payloadType;
    header.writeUInt16BE(this.#seq & 0xff_ff, 2);
    header.writeUInt32BE(this.#timestamp >>> 0, 4);
    header.writeUInt32BE(this.#ssrc, 8);
    this.#seq += 1;
    this.#timestamp += (clockRate * this.#everyMs) / 1000;
    this.#socket.send(Buffer.concat([header, silence]), this.#to.port, this.#to.ip);
  }
}

/** Asks to send a microphone by plain RTP. */
export function produceMicrophone(seat: PageSeat, ssrc: number): Promise<SignalAnswer<'produce'>> {
  return seat.ask('produce', {
    source: 'microphone',
    kind: 'audio',
    rtpParameters: {
      codecs: [{ mimeType: 'audio/opus', payloadType, clockRate, channels: 2, parameters: {} }],
      encodings: [{ ssrc }],
      rtcp: { cname: `venue-${ssrc}` },
    },
  });
}
