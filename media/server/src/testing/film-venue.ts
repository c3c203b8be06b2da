import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { PlainOffer } from '@sightline/contracts';
import type { PageSeat } from './page-seat.ts';

export interface FilmSize {
  readonly width: number;
  readonly height: number;
}

const framesPerSecond = 15;
const payloadTypes = { video: 101, audio: 100 } as const;
const stepOf = { video: 90_000 / framesPerSecond, audio: 960 } as const;

/** Where a stream stands, so that another film goes on in the same numbers. */
interface Run {
  ssrc: number;
  lastSeq: number;
  lastTime: number;
  seqShift: number;
  timeShift: number;
  isNew: boolean;
}

/** A village without a browser that sends a real moving picture (VP8, a key frame a second) and a tone (Opus). */
export class FilmVenue implements Disposable {
  readonly #to: PlainOffer;
  readonly #out: Socket;
  readonly #in: readonly Socket[];
  readonly #ports: readonly number[];
  readonly #runs: readonly Run[];
  #film: ChildProcess | null = null;

  private constructor(to: PlainOffer, doors: readonly Socket[], ssrc: number) {
    this.#to = to;
    this.#out = createSocket('udp4').unref();
    this.#in = doors;
    this.#ports = doors.map((door) => door.address().port);
    this.#runs = [ssrc, ssrc + 1].map((own) => ({
      ssrc: own,
      lastSeq: 0,
      lastTime: 0,
      seqShift: 0,
      timeShift: 0,
      isNew: true,
    }));
    for (const [at, door] of doors.entries()) {
      door.on('message', (packet) => this.#forward(at, packet));
    }
  }

  /** Produces camera and microphone for a seat that has entered by plain RTP, and plays at once. */
  static async open(
    seat: PageSeat,
    { plain, ssrc }: { readonly plain: PlainOffer; readonly ssrc: number },
    size: FilmSize = { width: 320, height: 240 },
  ): Promise<FilmVenue> {
    await produce(seat, { source: 'camera', ssrc });
    await produce(seat, { source: 'microphone', ssrc: ssrc + 1 });
    const doors = [await bind(), await bind()];
    const venue = new FilmVenue(plain, doors, ssrc);
    venue.play(size);
    return venue;
  }

  /** Another picture in the same streams, as where a venue's link became weaker. */
  play({ width, height }: FilmSize): void {
    this.stop();
    for (const run of this.#runs) run.isNew = true;
    const [video, audio] = this.#ports;
    const words = [
      ['-hide_banner', '-loglevel', 'error', '-nostdin', '-re'],
      ['-f', 'lavfi', '-i', `testsrc=size=${width}x${height}:rate=${framesPerSecond}`],
      ['-re', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'],
      ['-map', '0:v', '-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8'],
      ['-b:v', '200k', '-g', String(framesPerSecond), '-payload_type', String(payloadTypes.video)],
      ['-f', 'rtp', `rtp://127.0.0.1:${video}?pkt_size=1200`],
      ['-map', '1:a', '-c:a', 'libopus', '-b:a', '24k', '-ac', '2'],
      ['-payload_type', String(payloadTypes.audio), '-f', 'rtp', `rtp://127.0.0.1:${audio}`],
    ];
    this.#film = spawn('setpriv', ['--pdeathsig', 'KILL', '--', 'ffmpeg', ...words.flat()], {
      stdio: 'ignore',
    });
  }

  stop(): void {
    this.#film?.kill('SIGKILL');
    this.#film = null;
  }

  [Symbol.dispose](): void {
    this.stop();
    for (const socket of [this.#out, ...this.#in]) socket.close();
  }

  #forward(at: number, packet: Buffer): void {
    const run = this.#runs[at];
    if (run === undefined || packet.length < 12) return;
    const seq = packet.readUInt16BE(2);
    const time = packet.readUInt32BE(4);
    if (run.isNew) {
      run.seqShift = run.lastSeq + 1 - seq;
      run.timeShift = run.lastTime + (at === 0 ? stepOf.video : stepOf.audio) - time;
      run.isNew = false;
    }
    run.lastSeq = (seq + run.seqShift) & 0xff_ff;
    run.lastTime = (time + run.timeShift) >>> 0;
    packet.writeUInt16BE(run.lastSeq, 2);
    packet.writeUInt32BE(run.lastTime, 4);
    packet.writeUInt32BE(run.ssrc, 8);
    this.#out.send(packet, this.#to.port, this.#to.ip);
  }
}

async function bind(): Promise<Socket> {
  const socket = createSocket('udp4').unref();
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

async function produce(
  seat: PageSeat,
  { source, ssrc }: { readonly source: 'camera' | 'microphone'; readonly ssrc: number },
): Promise<void> {
  const isVideo = source === 'camera';
  const codec = isVideo
    ? { mimeType: 'video/VP8', payloadType: payloadTypes.video, clockRate: 90_000 }
    : {
        mimeType: 'audio/opus',
        payloadType: payloadTypes.audio,
        clockRate: 48_000,
        channels: 2,
      };
  const answer = await seat.ask('produce', {
    source,
    kind: isVideo ? 'video' : 'audio',
    rtpParameters: {
      codecs: [{ ...codec, parameters: {} }],
      encodings: [{ ssrc }],
      rtcp: { cname: `film-${ssrc}` },
    },
  });
  if (!answer.ok) throw new Error(`${answer.code}: ${answer.detail}`);
}
