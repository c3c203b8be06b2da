import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createWorker, type types } from 'mediasoup';
import { expect, test } from 'vitest';
import { realWorker } from '#testing/real-worker.ts';

const codec = { mimeType: 'video/VP8', clockRate: 90_000 } as const;
const payload = Buffer.from('\u0010\u0000 a picture that Node’s own cryptography finds again');

interface Master {
  readonly key: Buffer;
  readonly salt: Buffer;
}

/** RFC 3711 4.3.1 with a derivation rate of zero; a salt of 12 octets is padded (RFC 7714 11). */
function derive({ key, salt }: Master, label: number, bytes: number): Buffer {
  const iv = Buffer.alloc(16);
  salt.copy(iv);
  iv.writeUInt8(iv.readUInt8(7) ^ label, 7);
  return createCipheriv(`aes-${key.length * 8}-ctr`, key, iv).update(Buffer.alloc(bytes));
}

/** RFC 3550 5.1 and 5.3.1: the header with its extension, and what is sealed behind it. */
function cut(packet: Buffer): { readonly header: Buffer; readonly sealed: Buffer } {
  const isExtended = (packet.readUInt8(0) & 0x10) !== 0;
  const bytes = 12 + (isExtended ? 4 + 4 * packet.readUInt16BE(14) : 0);
  return { header: packet.subarray(0, bytes), sealed: packet.subarray(bytes) };
}

/** A salt with the packet’s SSRC and number XORed in; its rollover counter is 0 yet. */
function nonceOf(salt: Buffer, header: Buffer, at: { ssrc: number; seq: number }): Buffer {
  const nonce = Buffer.from(salt);
  nonce.writeUInt32BE((nonce.readUInt32BE(at.ssrc) ^ header.readUInt32BE(8)) >>> 0, at.ssrc);
  nonce.writeUInt16BE(nonce.readUInt16BE(at.seq) ^ header.readUInt16BE(2), at.seq);
  return nonce;
}

/** RFC 7714 8.1 and 9.2; throws where the tag is wrong. */
function openGcm(packet: Buffer, master: Master): Buffer {
  const { header, sealed } = cut(packet);
  const nonce = nonceOf(derive(master, 2, 12), header, { ssrc: 2, seq: 10 });
  const key = derive(master, 0, master.key.length);
  const cipher = key.length === 32 ? 'aes-256-gcm' : 'aes-128-gcm';
  const decipher = createDecipheriv(cipher, key, nonce).setAAD(header);
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
}

/** RFC 3711 4.1.1 and 4.2; throws where the tag is wrong. */
function openCounter(packet: Buffer, master: Master): Buffer {
  const signed = packet.subarray(0, -10);
  const mac = createHmac('sha1', derive(master, 1, 20))
    .update(signed)
    .update(Buffer.alloc(4));
  if (!mac.digest().subarray(0, 10).equals(packet.subarray(-10))) throw new Error('wrong tag');
  const { header, sealed } = cut(signed);
  const salt = Buffer.concat([derive(master, 2, 14), Buffer.alloc(2)]);
  const nonce = nonceOf(salt, header, { ssrc: 4, seq: 12 });
  return createDecipheriv('aes-128-ctr', derive(master, 0, 16), nonce).update(sealed);
}

/** One packet through a worker, as it came out, and the worker’s own key and salt. */
async function relayed(suite: types.SrtpCryptoSuite, masterBytes: number) {
  await using held = new AsyncDisposableStack();
  const worker = await createWorker({ workerBin: await realWorker(), logLevel: 'none' });
  held.defer(() => worker.close());
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  held.defer(() => void socket.close());
  await once(socket, 'listening');
  const router = await worker.createRouter({ mediaCodecs: [{ kind: 'video', ...codec }] });
  const listen = { listenInfo: { protocol: 'udp', ip: '127.0.0.1' }, rtcpMux: true } as const;
  const from = await router.createPlainTransport({ ...listen, comedia: true });
  const encodings = [{ ssrc: 77 }];
  const codecs = [{ ...codec, payloadType: 101 }];
  const producer = await from.produce({ kind: 'video', rtpParameters: { codecs, encodings } });
  const to = await router.createPlainTransport({
    ...listen,
    enableSrtp: true,
    srtpCryptoSuite: suite,
  });
  // What the receiver would send with; nothing comes back here.
  const keyBase64 = randomBytes(masterBytes).toString('base64');
  const { port } = socket.address();
  await to.connect({
    ip: '127.0.0.1',
    port,
    srtpParameters: { cryptoSuite: suite, keyBase64 },
  });
  // Without feedback nobody probes the bandwidth with packets of its own.
  const silent = router.rtpCapabilities.codecs?.map((one) => ({ ...one, rtcpFeedback: [] })) ?? [];
  const rtpCapabilities = { codecs: silent, headerExtensions: [] };
  await to.consume({ producerId: producer.id, rtpCapabilities });
  const packet = Buffer.concat([Buffer.alloc(12), payload]);
  packet.writeUInt8(0x80, 0);
  packet.writeUInt8(101, 1);
  packet.writeUInt32BE(77, 8);
  socket.send(packet, from.tuple.localPort, '127.0.0.1');
  const [received] = (await once(socket, 'message', { signal: AbortSignal.timeout(5_000) })) as [
    Buffer, // node:dgram’s own event.
  ];
  const own = Buffer.from(to.srtpParameters?.keyBase64 ?? '', 'base64');
  return { packet: received, own };
}

test.each([
  ['AEAD_AES_256_GCM', 32, 12, openGcm],
  ['AEAD_AES_128_GCM', 16, 12, openGcm],
  ['AES_CM_128_HMAC_SHA1_80', 16, 14, openCounter],
] as const)(
  'what a worker seals with %s is opened by the RFC',
  async (suite, keyLen, saltLen, open) => {
    const { packet, own } = await relayed(suite, keyLen + saltLen);
    const master = { key: own.subarray(0, keyLen), salt: own.subarray(keyLen) };
    expect(master.salt.length).toBe(saltLen);
    expect(open(packet, master)).toEqual(payload);
    packet.writeUInt8(packet.readUInt8(40) ^ 1, 40);
    expect(() => open(packet, master)).toThrow();
  },
);
