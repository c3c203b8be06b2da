import { readFileSync } from 'node:fs';
import { meetingLimits } from '@sightline/contracts';
import Fastify, { type FastifyInstance } from 'fastify';
import type { MediaConfig } from '#config.ts';
import { limits } from '#limits.ts';
import { limitAddresses } from './limit-addresses.ts';
import { isLoopbackAddress } from './loopback.ts';

/** The bare server: its waits and sizes, over TLS where there is a certificate. */
export function openApp(tls: MediaConfig['tls']): FastifyInstance {
  const common = {
    logger: false,
    forceCloseConnections: true,
    // Pages of decks are all that is put here.
    bodyLimit: meetingLimits.slideBytes.large,
    requestTimeout: limits.http.requestMs,
    http: { maxHeaderSize: limits.http.headerBytes, headersTimeout: limits.http.headersMs },
  } as const;
  const app = tls === null ? Fastify(common) : openTls(tls, common);
  app.server.maxConnections = limits.http.connections;
  limitAddresses(app.server, { most: limits.http.perAddress, isFree: isLoopbackAddress });
  return app;
}

function openTls(
  tls: NonNullable<MediaConfig['tls']>,
  { http, ...common }: { readonly http: object },
): FastifyInstance {
  const cert = read('SIGHTLINE_MEDIA_TLS_CERT', tls.certificateFile);
  const key = read('SIGHTLINE_MEDIA_TLS_KEY', tls.keyFile);
  // Both servers answer the same calls; only their raw socket types differ.
  return Fastify({ ...common, https: { ...http, cert, key } }) as unknown as FastifyInstance;
}

function read(setting: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Error(`${setting} is "${file}", which cannot be read.`, { cause });
  }
}

/** Resolves with the port. Throws what a failed listen means for people. */
export async function listen(
  app: FastifyInstance,
  { host, port }: Pick<MediaConfig, 'host' | 'port'>,
): Promise<number> {
  await app.listen({ host, port }).catch((cause: unknown) => {
    const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    const sentence = isTaken
      ? `Port ${port} on ${host} is taken. Stop the program that has it, or set SIGHTLINE_MEDIA_PORT to a free port.`
      : `The media server cannot listen on ${host}:${port}.`;
    throw new Error(sentence, { cause });
  });
  const address = app.server.address();
  // A TCP server's address is an object; only pipes have text.
  return typeof address === 'object' && address !== null ? address.port : port;
}
