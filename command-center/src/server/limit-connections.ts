import type { Server } from 'node:net';
import { networkBehind } from '#domain/sign-in-network.ts';
import { limits } from '#limits.ts';

/**
 * No address holds all connections. `hasProxy`: what comes from this machine comes from its proxy, so
 * from many; then only the sum is limited.
 */
export function limitConnections(server: Server, { hasProxy }: { hasProxy: boolean }): void {
  server.maxConnections = limits.connections;
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const network = networkBehind(socket.remoteAddress, { hasProxy });
    if (network === null) return;
    const count = (open.get(network) ?? 0) + 1;
    if (count > limits.connectionsPerAddress) {
      socket.destroy();
      return;
    }
    open.set(network, count);
    socket.once('close', () => {
      const left = (open.get(network) ?? 1) - 1;
      if (left === 0) open.delete(network);
      else open.set(network, left);
    });
  });
}
