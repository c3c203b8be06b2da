import { createSocket } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { limits } from '#limits.ts';

/** Lends pairs of neighbouring UDP ports of the loopback: RTP on the even one, RTCP on the next. */
export class PortPairs {
  readonly #lent = new Set<number>();
  #next: number = limits.recorder.ports.from;

  /** Throws when none is free. */
  async lend(): Promise<number> {
    const { from, to } = limits.recorder.ports;
    for (let tries = (to - from) / 2; tries > 0; tries -= 1) {
      const port = this.#next;
      this.#next = port + 2 > to ? from : port + 2;
      if (this.#lent.has(port)) continue;
      this.#lent.add(port);
      if ((await isFree(port)) && (await isFree(port + 1))) return port;
      this.#lent.delete(port);
    }
    throw new Error(
      `No UDP ports are free between ${from} and ${to}; recording needs two a stream.`,
    );
  }

  giveBack(port: number): void {
    this.#lent.delete(port);
  }
}

function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = createSocket('udp4');
  socket.once('error', () => {
    socket.close();
    resolve(false);
  });
  socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
  return promise;
}

/** Waits until somebody listens on a UDP port of this machine. Throws when nobody does in time. */
export async function listenedOn(
  port: number,
  withinMs: number,
  signal: AbortSignal,
): Promise<void> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    signal.throwIfAborted();
    const tables = await Promise.all(
      ['/proc/net/udp', '/proc/net/udp6'].map((file) => readFile(file, 'utf8').catch(() => '')),
    );
    if (tables.some((table) => table.includes(`:${hex} `))) return;
    await pause(20, undefined, { signal });
  }
  throw new Error(`ffmpeg did not listen on UDP ${port} within ${withinMs} ms.`);
}
