import type { IncomingHttpHeaders } from 'node:http';
import type { PartHealth, RetentionDays } from '@sightline/contracts';
import type { Store } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Viewer } from '#domain/access.ts';
import type { MediaState } from '#media/media-state.ts';
import type { NotifyConfig } from '#notify/notify-config.ts';

/** What the live part gets from the server it is plugged into. */
export interface LiveDeps {
  readonly store: Store;
  readonly logger: Logger;
  readonly demo: boolean;
  readonly complaintAnswerDays: number;
  readonly notify: NotifyConfig;
  readonly retentionDays: RetentionDays;
  /** Opens the addresses that messages go to; null = there is no key. */
  readonly registerKeyFile: string | null;
  readonly now: () => Temporal.Instant;
  readonly media: MediaState;
  /** The viewer behind a Cookie header; `prefer` decides when both cookies are there. */
  readonly readViewer: ReadViewer;
  /** Host and Origin of a socket's upgrade request are ours. */
  readonly isKnownPage: (headers: IncomingHttpHeaders) => boolean;
  /** Centre, database and broker now; the live part adds its own (projector). */
  readonly readHealth: () => Promise<readonly PartHealth[]>;
}

export type ReadViewer = (
  cookieHeader: string | undefined,
  prefer?: 'account' | 'viewer',
  /** What the browser says of itself; a session used by another than it was opened in ends. */
  agent?: string,
) => Promise<Viewer | null>;

/** What the server gets back: its share of /healthz, and its end (called in graceful close). */
export interface Live extends AsyncDisposable {
  readHealth(): readonly PartHealth[];
}

/** Plugs the live routes and sockets in, before the server listens. */
export type RegisterLive = (app: FastifyInstance, deps: LiveDeps) => Promise<Live>;
