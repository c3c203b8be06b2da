import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';

/*
 * A program that floods the signalling at `argv[2]` until its input closes: packets of one seat, connections of another,
 * frames without an end and strangers, each by a client that cares for no answer. Says so once each kind has begun.
 */
const [, , url = '', loudToken = '', busyToken = ''] = process.argv;
const { host, port, hostname } = new URL(url);
const path = '/signal/?EIO=4&transport=websocket';
/** One request, as Socket.IO writes it. */
const request = '42["hand",{"isUp":true}]';
const packetsAtOnce = 2_000;
const frameBytes = 1024 * 1024 * 1024;

function come(token: string, onIn: (socket: WebSocket) => void): void {
  const socket = new WebSocket(`ws://${host}${path}`);
  socket.addEventListener('open', () => socket.send(`40${JSON.stringify({ token })}`));
  socket.addEventListener('message', ({ data }) => {
    if (String(data).startsWith('40')) onIn(socket);
    else if (String(data).startsWith('44')) socket.close();
  });
  // At once again, and again.
  socket.addEventListener('close', () => setTimeout(() => come(token, onIn), 5));
}

function pourPackets(socket: WebSocket): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  for (let n = 0; n < packetsAtOnce; n += 1) socket.send(request);
  setImmediate(() => pourPackets(socket));
}

/** The head of a frame of 1 GB (RFC 6455, 5.2), and zeros for as long as anybody takes them. */
function pourFrame(): void {
  const socket = connect(Number(port), hostname);
  const key = randomBytes(16).toString('base64');
  const head = Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]);
  head.writeBigUInt64BE(BigInt(frameBytes), 2);
  const zeros = Buffer.alloc(64 * 1024);
  const pour = (): void => {
    while (socket.writable && socket.write(zeros));
  };
  socket.on('drain', pour);
  socket.on('error', () => undefined);
  socket.once('data', () => {
    socket.write(head);
    pour();
  });
  socket.on('close', () => setTimeout(pourFrame, 5));
  const lines = ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Key: ${key}`];
  const all = [`GET ${path} HTTP/1.1`, `Host: ${host}`, ...lines, 'Sec-WebSocket-Version: 13'];
  socket.write(`${all.join('\r\n')}\r\n\r\n`);
}

/** Opens, and never says who it is but asks to come in, a hundred times. */
function stray(): void {
  const socket = new WebSocket(`ws://${host}${path}`);
  socket.addEventListener('open', () => {
    for (let n = 0; n < 100; n += 1) socket.send('40{"token":"x"}');
  });
  socket.addEventListener('close', () => setTimeout(stray, 20));
}

for (let n = 0; n < 4; n += 1) come(loudToken, pourPackets);
for (let n = 0; n < 40; n += 1) come(busyToken, () => undefined);
for (let n = 0; n < 4; n += 1) pourFrame();
for (let n = 0; n < 40; n += 1) stray();
process.stdout.write('floods\n');
process.stdin.on('close', () => process.exit(0)).resume();
