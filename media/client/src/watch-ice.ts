import { isRefusal } from '@sightline/contracts';
import type { ConnectionState, IceParameters, Transport } from 'mediasoup-client/types';
import { clientLimits } from '#limits.ts';
import type { Ask } from '#signal-link.ts';

export interface WatchIceOptions {
  readonly ask: Ask;
  /** A key of the relay may be too old by now. */
  readonly renewIceServers: () => Promise<void>;
}

/**
 * Follows a transport: ICE is restarted when the path is lost; where that does not help, or none was found in time, it has
 * failed.
 */
export function watchIce(
  transport: Pick<Transport, 'id' | 'on' | 'restartIce'>,
  { ask, renewIceServers }: WatchIceOptions,
): { readonly failed: Promise<void>; readonly close: () => void } {
  const { promise: failed, resolve: fail } = Promise.withResolvers<void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  let isRestarting = false;
  let wasConnected = false;

  async function restart(): Promise<void> {
    if (isClosed || isRestarting) return;
    isRestarting = true;
    clearTimeout(timer);
    timer = setTimeout(fail, clientLimits.iceRestartMs);
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
      clearTimeout(timer);
    } else if (state === 'connecting' && !wasConnected && !isRestarting) {
      clearTimeout(timer);
      timer = setTimeout(fail, clientLimits.iceConnectMs);
    } else if (state === 'disconnected' && !isRestarting) {
      clearTimeout(timer);
      timer = setTimeout(() => void restart(), clientLimits.iceDisconnectedMs);
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
      clearTimeout(timer);
    },
  };
}
