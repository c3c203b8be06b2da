import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Bare connections of one address, TLS's own handshake included; `isFree` addresses are not counted. */
export function limitAddresses(
  server: Server,
  { most, isFree }: { readonly most: number; readonly isFree: (address: string) => boolean },
): void {
  const counts = new Map<string, number>();
  server.prependListener('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    if (isFree(address)) return;
    const count = (counts.get(address) ?? 0) + 1;
    if (count > most) return void socket.destroy();
    counts.set(address, count);
    socket.once('close', () => {
      const left = (counts.get(address) ?? 1) - 1;
      if (left > 0) counts.set(address, left);
      else counts.delete(address);
    });
  });
}
