import {
  isRefusal,
  refuse,
  type EnterReply,
  type IceServer,
  type MediaSource,
  type Refusal,
  type Tier,
  type TransportOffer,
} from '@sightline/contracts';
import type { Device } from 'mediasoup-client';
import type {
  DtlsParameters,
  IceCandidate,
  IceParameters,
  RtpCapabilities,
  Transport,
  TransportOptions,
} from 'mediasoup-client/types';
import type { Channel } from '#meeting-client.ts';
import { RefusedError } from '#sender.ts';
import type { Ask } from '#signal-link.ts';
import { watchIce } from '#watch-ice.ts';
import { watchWay } from '#watch-way.ts';

/** One stay in the room: its transports, until it must be entered anew. */
export interface Entry {
  readonly reply: EnterReply;
  readonly send: Transport;
  readonly receive: Transport;
  /** Media stopped for good on this entry: enter anew. */
  readonly failed: Promise<void>;
  /** Whether relays were told: their keys are good for an hour. */
  readonly hasRelays: boolean;
  /** New keys of the relays, for what ICE looks for from now on. */
  renewIceServers(): Promise<void>;
  close(): void;
}

export interface EntryOptions {
  readonly ask: Ask;
  readonly makeDevice: () => Promise<Device>;
  readonly visitId: string;
  readonly channel: Channel;
  /** What the link carries now, as far as it is known. */
  readonly pace: () => Tier;
  /** Whether media has lost its way, or found none: told when it changes, and once for each entry. */
  readonly onWay: (isLost: boolean) => void;
}

/** Comes into the room with two transports that are not connected yet: they connect with the first media. */
export async function enterRoom(options: EntryOptions): Promise<Entry | Refusal> {
  const { ask, makeDevice, visitId, channel, pace, onWay } = options;
  const able = await ask('capabilities', {});
  if (isRefusal(able)) return able;
  let device: Device;
  try {
    device = await makeDevice();
    // mediasoup's own capabilities, from its server to its client.
    await device.load({ routerRtpCapabilities: able.routerRtpCapabilities as RtpCapabilities });
  } catch (fault) {
    return refuse('no-webrtc', `This browser, or this address, has no WebRTC. ${String(fault)}`);
  }
  const reply = await ask('enter', {
    rtpCapabilities: { ...device.recvRtpCapabilities },
    channel,
    visitId,
  });
  if (isRefusal(reply)) return reply;
  if (reply.send === null || reply.receive === null) {
    return refuse('no-transport', 'The media server gave no transport to a page.');
  }
  const { send, receive } = reply;
  return openEntry(reply, { ask, device, pace, onWay, send, receive });
}

interface Opening extends Pick<EntryOptions, 'ask' | 'pace' | 'onWay'> {
  readonly device: Device;
  readonly send: TransportOffer;
  readonly receive: TransportOffer;
}

function openEntry(reply: EnterReply, { ask, device, pace, onWay, ...offers }: Opening): Entry {
  const iceServers = forBrowser(reply.iceServers);
  const send = device.createSendTransport(optionsOf(offers.send, iceServers));
  const receive = device.createRecvTransport(optionsOf(offers.receive, iceServers));
  send.on('produce', ({ kind, rtpParameters, appData }, done, fail) => {
    // Written by Sender alone.
    const source = appData['source'] as MediaSource;
    void settle(
      ask('produce', { source, kind, rtpParameters: { ...rtpParameters } }),
      fail,
      ({ producerId }) => done({ id: producerId }),
    );
  });
  const renewIceServers = async (): Promise<void> => {
    if (iceServers.length === 0) return;
    const answer = await ask('ice-servers', {});
    if (isRefusal(answer)) return; // The keys at hand may yet be good; if not, the room is entered anew.
    const renewed = forBrowser(answer.iceServers);
    await Promise.all([send, receive].map((one) => one.updateIceServers({ iceServers: renewed })));
  };
  const watches = [send, receive].map((transport) => {
    transport.on('connect', ({ dtlsParameters }, done, fail) => {
      const body = { transportId: transport.id, dtlsParameters: { ...dtlsParameters } };
      void settle(ask('connect-transport', body), fail, done);
    });
    return watchIce(transport, { ask, pace, renewIceServers });
  });
  const endWay = watchWay([send, receive], onWay);
  return {
    reply,
    send,
    receive,
    hasRelays: iceServers.length > 0,
    renewIceServers,
    failed: Promise.race(watches.map(({ failed }) => failed)),
    close() {
      for (const watch of watches) watch.close();
      endWay();
      send.close();
      receive.close();
    },
  };
}

/** The browser's own type is not readonly. */
function forBrowser(iceServers: readonly IceServer[]): RTCIceServer[] {
  return iceServers.map((server) => ({ ...server, urls: [...server.urls] }));
}

/** mediasoup's own parameters, from its server to its client: the contract leaves them opaque. */
function optionsOf(offer: TransportOffer, iceServers: RTCIceServer[]): TransportOptions {
  return {
    id: offer.id,
    iceParameters: offer.iceParameters as IceParameters,
    iceCandidates: offer.iceCandidates as IceCandidate[],
    dtlsParameters: offer.dtlsParameters as DtlsParameters,
    iceServers,
  };
}

/** Hands an answer to mediasoup's callbacks; a refusal travels as the error of them. */
async function settle<Reply>(
  asked: Promise<Reply | Refusal>,
  fail: (error: Error) => void,
  done: (reply: Reply) => void,
): Promise<void> {
  const answer = await asked;
  if (isRefusal(answer)) fail(new RefusedError(answer));
  else done(answer);
}
