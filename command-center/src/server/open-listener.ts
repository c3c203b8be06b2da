import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { CentreConfig } from '#config.ts';
import { limits } from '#limits.ts';
import { limitConnections } from './limit-connections.ts';
import type { Floods } from './shed-floods.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

export interface ListenerParts {
  readonly config: Pick<CentreConfig, 'tls' | 'publicHosts'>;
  readonly floods: Floods;
}

/** The bare server under the routes, over TLS or not: its waits, its sizes, its connections. */
export function openListener({ config, floods }: ListenerParts, handle: Handle): Server {
  const options = {
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: limits.connectionCheckMs,
    maxHeaderSize: limits.headerBytes,
  };
  const answer: Handle = (request, response) => {
    if (!floods.shed(request, response)) handle(request, response);
  };
  const server =
    config.tls === null
      ? createServer(options, answer)
      : createTlsServer({ ...options, ...readTls(config.tls) }, answer);
  server.setTimeout(limits.connectionTimeoutMs);
  limitConnections(server, { hasProxy: config.publicHosts.length > 0 });
  return server;
}

function readTls(tls: NonNullable<CentreConfig['tls']>) {
  return { cert: readFileSync(tls.certificateFile), key: readFileSync(tls.keyFile) };
}
