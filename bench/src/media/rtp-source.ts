import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Video of some speakers, as RTP packets (RFC 3550) that look like VP8 (RFC 7741). */
export interface RtpSourceTask {
  /** Loopback ports of the streams. */
  readonly ports: readonly number[];
  /** Of the stream with that index. */
  readonly ssrcOf: (index: number) => number;
  readonly packetsPerS: number;
  readonly payloadBytes: number;
  readonly runMs: number;
}

export const PAYLOAD_TYPE = 101;
export const RTP_HEADER_BYTES = 12;
const clockHz = 90_000;
/** A key frame so often, for whoever waits for one; the frames between are of several packets. */
const keyFrameEveryPackets = 500;
const packetsPerFrame = 5;
const tickMs = 1;

/**
 * Sends every stream at its pace, each with its own phase, and gives the packets sent of all streams together.
 * Packets that are late are made up for.
 */
export async function sendRtp(task: RtpSourceTask): Promise<number> {
  const { ports, packetsPerS, runMs } = task;
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const packetMs = 1000 / packetsPerS;
  const each = Math.floor(runMs / packetMs);
  const sent = ports.map(() => 0);
  const startMs = performance.now();
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setInterval(() => {
    const elapsedMs = performance.now() - startMs;
    for (const [index, port] of ports.entries()) {
      const phaseMs = (packetMs * index) / ports.length;
      const due = Math.min(each, Math.max(0, Math.floor((elapsedMs - phaseMs) / packetMs)));
      for (let n = sent[index] ?? 0; n < due; n += 1) {
        socket.send(packet(task, { ssrc: task.ssrcOf(index), n }), port, '127.0.0.1');
      }
      sent[index] = due;
    }
    if (sent.every((count) => count === each)) resolve();
  }, tickMs);
  await promise;
  clearInterval(timer);
  socket.close();
  return each * ports.length;
}

function packet(task: RtpSourceTask, { ssrc, n }: { ssrc: number; n: number }): Buffer {
  const buffer = Buffer.alloc(RTP_HEADER_BYTES + task.payloadBytes, n & 0xff);
  const frame = Math.floor(n / packetsPerFrame);
  const isFirst = n % packetsPerFrame === 0;
  const isLast = n % packetsPerFrame === packetsPerFrame - 1;
  buffer[0] = 0x80;
  buffer[1] = PAYLOAD_TYPE | (isLast ? 0x80 : 0);
  buffer.writeUInt16BE(n & 0xffff, 2);
  buffer.writeUInt32BE((frame * packetsPerFrame * clockHz) / task.packetsPerS, 4);
  buffer.writeUInt32BE(ssrc, 8);
  // RFC 7741 4.2: S marks the start of a frame; 4.3: the low bit of its first octet is 0 in a key frame.
  buffer[RTP_HEADER_BYTES] = isFirst ? 0x10 : 0x00;
  buffer[RTP_HEADER_BYTES + 1] = n % keyFrameEveryPackets === 0 ? 0x00 : 0x01;
  return buffer;
}
