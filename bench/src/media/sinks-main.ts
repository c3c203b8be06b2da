import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { endWithParent, tell } from '#load/parent.ts';
import type { SinksCount } from './sinks.ts';

const sockets = 20;
const receiveBufferBytes = 4 * 1024 * 1024;
/** RFC 5761 4: payload types of RTCP packets, seen where RTP has marker and type. */
const isRtcp = (second: number): boolean => second >= 192 && second <= 223;

endWithParent();
let received = 0;
let bytes = 0;
let firstMs = 0;
let lastMs = 0;
const open: Socket[] = [];
for (let n = 0; n < sockets; n += 1) {
  const socket = createSocket('udp4');
  socket.on('message', (packet) => {
    if (isRtcp(packet[1] ?? 0)) return;
    received += 1;
    bytes += packet.length;
    lastMs = performance.now();
    if (received === 1) firstMs = lastMs;
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  socket.setRecvBufferSize(receiveBufferBytes);
  open.push(socket);
}
const ports = open.map((socket) => socket.address().port);
tell({ ports });
process.on('message', () => {
  const spanMs = Math.round(lastMs - firstMs);
  const meanBytes = Math.round(bytes / Math.max(1, received));
  const dropped = droppedAt(new Set(ports)) + droppedByLoopback();
  tell({ received, dropped, spanMs, meanBytes } satisfies SinksCount);
  received = 0;
  bytes = 0;
});

/** Packets that the kernel threw away because these sockets were full, since they were opened. */
function droppedAt(ours: ReadonlySet<number>): number {
  return readFileSync('/proc/net/udp', 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = '']) => ours.has(Number.parseInt(local.split(':')[1] ?? '', 16)))
    .reduce((sum, fields) => sum + Number(fields.at(-1)), 0);
}

/** Packets that never reached a socket: the queue between sender and receiver was full. Of the whole machine. */
function droppedByLoopback(): number {
  return readFileSync('/proc/net/softnet_stat', 'utf8')
    .trim()
    .split('\n')
    .reduce((sum, line) => sum + Number.parseInt(line.split(' ')[1] ?? '0', 16), 0);
}
