import type { Transport } from 'mediasoup-client/types';
import { clientLimits } from '#limits.ts';

/** A transport that has looked for a way, and has none now. */
const without: ReadonlySet<Transport['connectionState']> = new Set([
  'connecting',
  'disconnected',
  'failed',
]);

/**
 * Says whether media finds its way: not where transports look for one, and none has had one for a while. One that was
 * given nothing to carry looks for none. Returns what ends the watch.
 */
export function watchWay(
  transports: readonly Pick<Transport, 'on' | 'connectionState'>[],
  onWay: (isLost: boolean) => void,
): () => void {
  const isLooking = (): boolean => {
    const states = transports.map(({ connectionState }) => connectionState);
    return states.some((state) => without.has(state)) && !states.includes('connected');
  };
  const say = (): void => {
    timer = undefined;
    onWay(isLooking());
  };
  // The entry before may have been without one: what this one comes to is not known at once.
  let timer: ReturnType<typeof setTimeout> | undefined = setTimeout(say, clientLimits.wayLostMs);
  const look = (): void => {
    if (isLooking()) {
      timer ??= setTimeout(say, clientLimits.wayLostMs);
      return;
    }
    clearTimeout(timer);
    say();
  };
  let isClosed = false;
  for (const transport of transports) {
    transport.on('connectionstatechange', () => {
      if (!isClosed) look();
    });
  }
  return () => {
    isClosed = true;
    clearTimeout(timer);
  };
}
