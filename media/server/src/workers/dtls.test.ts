import { existsSync } from 'node:fs';
import { pino } from 'pino';
import { chromium } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { freePorts } from '#testing/free-ports.ts';
import { realWorker } from '#testing/real-worker.ts';
import { startWorkers } from './start-workers.ts';

/** The browser's half: a data channel is enough for a DTLS session. */
const offer = async (): Promise<string> => {
  const connection = new RTCPeerConnection();
  Object.assign(globalThis, { connection });
  connection.createDataChannel('words');
  await connection.setLocalDescription();
  return connection.localDescription?.sdp ?? '';
};
const answer = (sdp: string): Promise<void> =>
  // `offer` put it there.
  (globalThis as unknown as { connection: RTCPeerConnection }).connection.setRemoteDescription({
    type: 'answer',
    sdp,
  });
const state = (): string =>
  (globalThis as unknown as { connection: RTCPeerConnection }).connection.connectionState;

const hangUp = (): void =>
  (globalThis as unknown as { connection: RTCPeerConnection }).connection.close();

test('a worker outlives a browser’s DTLS session, on a libssl with kernel TLS as well', async () => {
  const min = await freePorts(2);
  const lost: string[] = [];
  const rtc = { ip: '127.0.0.1', announcedAddress: null, ports: { min, max: min + 1 } };
  await using workers = await startWorkers(
    { binary: await realWorker(), rtc, count: 1 },
    { log: pino({ level: 'silent' }), onWorkerLost: (id) => lost.push(id) },
  );
  const picked = workers.pickWorker();
  if (picked === null) throw new Error('No worker is up.');
  const router = await picked.worker.createRouter({ mediaCodecs: [] });
  const transport = await router.createWebRtcTransport({
    webRtcServer: picked.webRtcServer,
    enableSctp: true,
  });
  const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
    timeout: 90_000,
  });
  await using _browser = { [Symbol.asyncDispose]: () => browser.close() };
  const page = await browser.newPage();
  const offered = await page.evaluate(offer);
  const [, value = ''] = /a=fingerprint:sha-256 (\S+)/.exec(offered) ?? [];
  await page.evaluate(answer, answerOf(transport));
  await transport.connect({
    dtlsParameters: { role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] },
  });
  await vi.waitUntil(() => transport.dtlsState === 'connected', { timeout: 30_000 });
  await vi.waitUntil(async () => (await page.evaluate(state)) === 'connected', { timeout: 30_000 });
  // The session's end is a DTLS record too.
  await page.evaluate(hangUp);
  await vi.waitUntil(() => transport.dtlsState === 'closed', { timeout: 30_000 });
  expect(await picked.worker.getResourceUsage()).toHaveProperty('ru_utime');
  expect(lost).toEqual([]);
});

function answerOf(transport: {
  readonly iceParameters: { readonly usernameFragment: string; readonly password: string };
  readonly iceCandidates: readonly { readonly ip: string; readonly port: number }[];
  readonly dtlsParameters: {
    readonly fingerprints: readonly { algorithm: string; value: string }[];
  };
}): string {
  const { iceParameters, iceCandidates, dtlsParameters } = transport;
  const [candidate] = iceCandidates;
  const sha256 = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
  const lines = [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    'a=group:BUNDLE 0',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 127.0.0.1',
    'a=mid:0',
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:sha-256 ${sha256?.value}`,
    'a=setup:passive',
    'a=sctp-port:5000',
    `a=candidate:1 1 udp 1 ${candidate?.ip} ${candidate?.port} typ host`,
    'a=end-of-candidates',
  ];
  return `${lines.join('\r\n')}\r\n`;
}
