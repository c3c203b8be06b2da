import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import {
  shiftAt,
  type AttentionItem,
  type FeedLine,
  type LiveCell,
  type LiveFrame,
  type LivePulse,
  type LiveSnapshot,
  type PartHealth,
} from '@sightline/contracts';
import { fastify } from 'fastify';
import { Server } from 'socket.io';
import type { ToCentre, ToPage } from '#domain/live-words.ts';
import { stripBuckets } from '#domain/live-limits.ts';
import { equippedVillages } from './seed-scene.ts';

/**
 * A centre whose clock and whose frames a test winds on as fast as the page follows: weeks of a wall
 * screen's life in minutes. Serves the real pages; nothing behind it is real.
 */
export interface PageSource extends AsyncDisposable {
  readonly url: string;
  /** The position of the last frame: what the page must paint. */
  readonly position: () => number;
  /** How many times a page has begun to watch. */
  readonly watches: () => number;
  /** One beat of the centre's clock: some frames, then a pulse at the later time. */
  readonly beat: (forward: Temporal.DurationLike) => void;
  /** Cuts every page off; they come back by themselves. */
  readonly cutOff: () => void;
}

const region = '5402';
const framesPerBeat = 3;
const cellsPerFrame = 8;
const attentionMost = 12;
const statuses = ['online', 'stale', 'offline', 'online', 'unknown'] as const;
const methods = ['face', 'pin', 'pin-witness'] as const;

export async function openPageSource(pagesDir: string): Promise<PageSource> {
  const world = new World();
  const app = fastify();
  const html = await readFile(join(pagesDir, 'screen.html'), 'utf8');
  await app.register(fastifyStatic, { root: join(pagesDir, 'assets'), prefix: '/assets/' });
  app.get('/screen/*', async (_, reply) => reply.type('text/html; charset=utf-8').send(html));
  app.get('/api/live/snapshot', async () => world.snapshot());
  app.get('/api/me', async () => ({ kind: 'viewer', region, demo: true, sampleCamera: true }));
  const open = { rings: 0, answered: 0 };
  const today = { day: '2026-11-23', rings: 0, answered: 0, p50Ms: null, p95Ms: null, open };
  app.get('/api/live/reachability', async () => today);
  app.get('/api/terminals', async () => ({ items: [], next: null }));
  const sockets = new Server<ToCentre, ToPage>(app.server, { serveClient: false });
  let watches = 0;
  sockets.on('connection', (socket) => {
    socket.on('watch', (_, answer) => {
      watches += 1;
      answer({ ok: true, region });
    });
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  // Between beats the page must not take the silence for a broken link.
  const timer = setInterval(() => sockets.emit('pulse', world.pulse()), 1000);
  return {
    url,
    position: () => world.position,
    watches: () => watches,
    beat: (forward) => {
      world.wind(forward);
      for (let sent = 0; sent < framesPerBeat; sent += 1) sockets.emit('frame', world.frame());
      sockets.emit('pulse', world.pulse());
    },
    cutOff: () => {
      // Below the protocol's own goodbye, after which a client would stay away.
      for (const socket of sockets.sockets.sockets.values()) socket.conn.close();
    },
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      await sockets.close();
      await app.close();
    },
  };
}

/** What this centre knows: villages that change in a fixed order. */
class World {
  readonly #villages = equippedVillages();
  readonly #cells = new Map<string, LiveCell>();
  #now = Temporal.Instant.from('2026-11-23T10:00:00Z');
  #changes = 0;
  position = 1000;

  constructor() {
    for (const village of this.#villages) this.#change(village, 'online');
  }

  wind(forward: Temporal.DurationLike): void {
    this.#now = this.#now.add(forward);
  }

  frame(): LiveFrame {
    const from = this.position;
    const cells = Array.from({ length: cellsPerFrame }, () => this.#next());
    const feed = cells.map((cell, index) => this.#line(cell, from + index + 1));
    this.position = from + cellsPerFrame;
    return { from, to: this.position, at: this.#text(), cells, feed };
  }

  pulse(): LivePulse {
    return { at: this.#text(), health: this.#health(), attention: this.#attention() };
  }

  snapshot(): LiveSnapshot {
    return {
      ...this.pulse(),
      asOf: this.position,
      region,
      demo: true,
      cells: [...this.#cells.values()],
      feed: [],
      strip: Array.from({ length: stripBuckets }, (_, index) => (index * 37 + this.#changes) % 90),
    };
  }

  #next(): LiveCell {
    this.#changes += 1;
    const village = this.#villages[(this.#changes * 101) % this.#villages.length] ?? '';
    return this.#change(village, statuses[this.#changes % statuses.length] ?? 'online');
  }

  #change(village: string, status: (typeof statuses)[number]): LiveCell {
    const at = this.#text();
    const method = methods[this.#changes % methods.length] ?? 'pin';
    const checkedIn = { shift: shiftAt(this.#now).key, at, method };
    const cell = { region: village, status, since: at, checkedIn, simulated: true };
    this.#cells.set(village, cell);
    return cell;
  }

  #line(cell: LiveCell, position: number): FeedLine {
    const isPresence = position % 2 === 0;
    const type = isPresence ? 'terminal.presence-changed' : 'duty.checked-in';
    const detail: FeedLine['detail'] = isPresence ? { status: cell.status } : { method: 'pin' };
    return { position, at: this.#text(), region: cell.region, type, detail };
  }

  /** The list grows and shrinks, and its items are new ones every time. */
  #attention(): AttentionItem[] {
    const count = this.#changes % attentionMost;
    return Array.from({ length: count }, (_, index) => ({
      id: `terminal-offline/${this.#changes}/${index}`,
      kind: 'terminal-offline',
      region: this.#villages[(this.#changes + index) % this.#villages.length] ?? '',
      since: this.#text(),
      count: 1,
      detail: '',
    }));
  }

  #health(): PartHealth[] {
    const names = ['database', 'projector', 'broker', 'centre'] as const;
    return names.map((name) => ({ name, state: 'up', since: '2026-11-23T00:00:00.000Z' }));
  }

  #text(): string {
    return this.#now.toString({ fractionalSecondDigits: 3 });
  }
}
