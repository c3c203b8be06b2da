import { isRefusal, type Tier } from '@sightline/contracts';
import type { ConnectionState, IceParameters, Transport } from 'mediasoup-client/types';
import { clientLimits } from '#limits.ts';
import { whenOutOfPatience } from '#patience.ts';
import type { Ask } from '#signal-link.ts';

export interface WatchIceOptions {
  readonly ask: Ask;
  /** What the link is known to carry now: on a thin one the questions of ICE stand behind media, and to look for a new way costs it more than to wait. */
  readonly pace: () => Tier;
  /** A key of the relay may be too old by now. */
  readonly renewIceServers: () => Promise<void>;
}

/**
 * Follows a transport: ICE is restarted when the path is lost; where that does not help, or none was found in time, it has
 * failed.
 */
export function watchIce(
  transport: Pick<Transport, 'id' | 'on' | 'restartIce'>,
  { ask, pace, renewIceServers }: WatchIceOptions,
): { readonly failed: Promise<void>; readonly close: () => void } {
  const { promise: failed, resolve: fail } = Promise.withResolvers<void>();
  let stopWaiting = (): void => undefined;
  let isClosed = false;
  let isRestarting = false;
  let wasConnected = false;

  function actAfter(ms: (tier: Tier) => number, act: () => void): void {
    stopWaiting();
    stopWaiting = whenOutOfPatience((waitedMs) => ms(pace()) - waitedMs, act);
  }

  async function restart(): Promise<void> {
    if (isClosed || isRestarting) return;
    isRestarting = true;
    actAfter((tier) => clientLimits.iceRestartMs[tier], fail);
    await renewIceServers().catch(() => undefined); // A transport that closed meanwhile.
    const answer = await ask('restart-ice', { transportId: transport.id });
    if (isRefusal(answer)) return fail();
    try {
      // mediasoup's own parameters, from its server to its client.
      await transport.restartIce({ iceParameters: answer.iceParameters as IceParameters });
    } catch {
      fail(); // The transport is beyond repair: the room is entered anew.
    }
    return undefined;
  }

  function meet(state: ConnectionState): void {
    if (state === 'connected') {
      wasConnected = true;
      isRestarting = false;
      stopWaiting();
    } else if (state === 'connecting' && !wasConnected && !isRestarting) {
      actAfter(() => clientLimits.iceConnectMs, fail);
    } else if (state === 'disconnected' && !isRestarting) {
      actAfter(
        (tier) => clientLimits.iceDisconnectedMs[tier],
        () => void restart(),
      );
    } else if (state === 'failed') {
      if (isRestarting) fail();
      else void restart();
    }
  }

  transport.on('connectionstatechange', meet);
  return {
    failed,
    close() {
      isClosed = true;
      stopWaiting();
    },
  };
}
