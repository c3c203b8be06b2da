import type { types } from 'mediasoup';
import type { PlainOffer, TransportOffer } from '@sightline/contracts';
import type { MediaConfig } from '#config.ts';
import { limits } from '#limits.ts';
import { mediaCodecs } from './media-codecs.ts';
import type { PlainPorts } from './plain-ports.ts';
import { Pipes } from './pipes.ts';
import type { MediaWorker } from '#workers/start-worker.ts';

export type RtcConfig = MediaConfig['rtc'];

/** Where its transports listen. */
export interface RouterListen {
  readonly rtc: RtcConfig;
  readonly plainPorts: PlainPorts;
}

/** One router of a room, on one worker; it dies with the worker. */
export class RoomRouter {
  readonly router: types.Router;
  readonly pipes: Pipes;
  /** Seats that have their place on it. */
  seats = 0;
  readonly #worker: MediaWorker;
  readonly #rtc: RtcConfig;
  readonly #plainPorts: PlainPorts;

  private constructor(
    router: types.Router,
    worker: MediaWorker,
    { rtc, plainPorts }: RouterListen,
  ) {
    this.router = router;
    this.pipes = new Pipes(router);
    this.#worker = worker;
    this.#rtc = rtc;
    this.#plainPorts = plainPorts;
  }

  /** Throws where the worker dies meanwhile. */
  static async open(worker: MediaWorker, listen: RouterListen): Promise<RoomRouter> {
    const router = await worker.worker.createRouter({ mediaCodecs });
    return new RoomRouter(router, worker, listen);
  }

  async openWebRtc(): Promise<types.WebRtcTransport> {
    const transport = await this.router.createWebRtcTransport({
      webRtcServer: this.#worker.webRtcServer,
      enableUdp: true,
      enableTcp: true,
      preferUdp: true,
      initialAvailableOutgoingBitrate: limits.media.startBps,
      iceConsentTimeout: limits.media.iceConsentSeconds,
    });
    await transport.setMaxIncomingBitrate(limits.media.maxIncomingBps);
    return transport;
  }

  /** One port for all that a venue without a browser sends; whoever sends there first is its peer. */
  async openPlain(): Promise<types.PlainTransport> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.router.createPlainTransport({
          listenInfo: { protocol: 'udp', ip: this.#rtc.ip, port: this.#plainPorts.take() },
          rtcpMux: true,
          comedia: true,
        });
      } catch (error) {
        // Mostly a port that somebody has; where the worker died, no other port would do.
        if (this.router.closed || tries === limits.plainPorts.tries) throw error;
      }
    }
  }

  offer(transport: types.WebRtcTransport): TransportOffer {
    const { announced } = this.#rtc;
    const candidates = transport.iceCandidates.map((candidate) =>
      announced === null
        ? candidate
        : {
            ...candidate,
            ip: announced.address,
            address: announced.address,
            port: announced.port ?? candidate.port,
          },
    );
    return {
      id: transport.id,
      iceParameters: transport.iceParameters,
      iceCandidates: candidates,
      dtlsParameters: transport.dtlsParameters,
    };
  }

  offerPlain(transport: types.PlainTransport): PlainOffer {
    const ip = this.#rtc.announced?.address ?? this.#rtc.ip;
    return { id: transport.id, ip, port: transport.tuple.localPort };
  }

  close(): void {
    this.router.close();
  }
}
