import { startWorkers, type MediaWorker, type WorkerLog } from '@sightline/media-server';
import { freePort } from '#measure/free-port.ts';
import { receiversOf, srtpKey, type Relay, type RelayPlan } from './relay.ts';
import { PAYLOAD_TYPE } from './rtp-source.ts';

const ssrcOf = (index: number): number => 1_000 + index;
const ignore = (): void => undefined;
/** A worker that falls shows in the count. */
const quiet: WorkerLog = { info: ignore, warn: ignore, error: ignore };

/** One worker of ours, one router: a plain producer a stream, a plain transport with a consumer a receiver. */
export async function startOurRelay(binary: string, plan: RelayPlan): Promise<Relay> {
  await using held = new AsyncDisposableStack();
  const port = await freePort();
  const rtc = { ip: '127.0.0.1', announcedAddress: null, ports: { min: port, max: port } };
  const workers = held.use(await startWorkers({ binary, rtc, count: 1 }, { log: quiet }));
  const worker = workers.pickWorker();
  if (worker === null) throw new Error('The media worker ended at once.');
  const ports = await fanOut(worker, plan);
  const owned = held.move();
  return { pid: worker.pid, ports, ssrcOf, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function fanOut({ worker }: MediaWorker, plan: RelayPlan): Promise<readonly number[]> {
  const codec = { mimeType: 'video/VP8', clockRate: 90_000 } as const;
  const router = await worker.createRouter({ mediaCodecs: [{ kind: 'video', ...codec }] });
  const openTransport = (how: { readonly comedia: boolean; readonly enableSrtp: boolean }) =>
    router.createPlainTransport({
      listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
      rtcpMux: true,
      ...(plan.suite === null ? {} : { srtpCryptoSuite: plan.suite }),
      ...how,
    });
  const sources = [];
  for (let index = 0; index < plan.streams; index += 1) {
    const transport = await openTransport({ comedia: true, enableSrtp: false });
    const producer = await transport.produce({
      kind: 'video',
      rtpParameters: {
        codecs: [{ ...codec, payloadType: PAYLOAD_TYPE }],
        encodings: [{ ssrc: ssrcOf(index) }],
      },
    });
    sources.push({ port: transport.tuple.localPort, producerId: producer.id });
  }
  // Plain receivers say nothing back: neither an estimator nor retransmission would have anything to go by.
  const codecs = router.rtpCapabilities.codecs?.map((one) => ({ ...one, rtcpFeedback: [] })) ?? [];
  const rtpCapabilities = { codecs, headerExtensions: [] };
  for (const { stream, port } of receiversOf(plan)) {
    const transport = await openTransport({ comedia: false, enableSrtp: plan.suite !== null });
    await transport.connect({ ip: '127.0.0.1', port, ...srtpOf(plan) });
    const producerId = sources[stream]?.producerId ?? '';
    await transport.consume({ producerId, rtpCapabilities });
  }
  return sources.map(({ port }) => port);
}

function srtpOf({ suite }: RelayPlan) {
  if (suite === null) return {};
  return { srtpParameters: { cryptoSuite: suite, keyBase64: srtpKey(suite) } };
}
