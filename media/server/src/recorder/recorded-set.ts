import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { types } from 'mediasoup';
import type { Logger } from 'pino';
import { limits } from '#limits.ts';
import type { OnAir } from '#rooms/on-air.ts';
import { recordedKey, type Recorded } from './choose-recorded.ts';
import { ffmpegArguments, sdpOf, type RecordedStream } from './ffmpeg-plan.ts';
import { listenedOn, type PortPairs } from './port-pairs.ts';

/** What stands beside the segments of a set, so that they can be told of after a crash. */
export interface SetNote {
  readonly firstNo: number;
  /** Milliseconds since 1970, when packets began to flow. */
  readonly startedMs: number;
  readonly hasVideo: boolean;
}

export interface SetParts {
  readonly ports: PortPairs;
  /** Of the seat. */
  readonly dir: string;
  readonly firstNo: number;
  readonly log: Logger;
  readonly now: () => number;
}

interface Feed {
  readonly transport: types.PlainTransport;
  readonly consumer: types.Consumer;
  readonly port: number;
}

/** One ffmpeg that records the same producers of one seat, from its start to its end. */
export class RecordedSet {
  readonly key: string;
  readonly note: SetNote;
  /** Resolves once the process is gone, whoever ended it. */
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  readonly #feeds: readonly Feed[];
  readonly #parts: SetParts;
  readonly #keyFrames: NodeJS.Timeout;

  private constructor(
    {
      key,
      note,
      child,
    }: { readonly key: string; readonly note: SetNote; readonly child: ChildProcess },
    feeds: readonly Feed[],
    parts: SetParts,
  ) {
    this.key = key;
    this.note = note;
    this.#child = child;
    this.#feeds = feeds;
    this.#parts = parts;
    this.ended = exited(child).then(() => this.#release());
    this.#keyFrames = setInterval(
      () => this.#askKeyFrames(),
      limits.recorder.segmentSeconds * 1000,
    );
  }

  /** Throws where ffmpeg does not start; nothing of it stays then. */
  static async start(recorded: Recorded, parts: SetParts): Promise<RecordedSet> {
    const feeds: Feed[] = [];
    let child: ChildProcess | null = null;
    try {
      for (const onAir of [recorded.voice, recorded.picture]) {
        if (onAir !== null) feeds.push(await openFeed(onAir, parts));
      }
      const { dir, firstNo, now } = parts;
      const listFile = listFileOf(dir, firstNo);
      const streams = feeds.map(streamOf);
      const words = ffmpegArguments(streams, { dir, firstNo, listFile });
      child = spawn('setpriv', [...endsWithUs, 'ffmpeg', ...words], {
        stdio: ['pipe', 'ignore', 'pipe'],
      });
      await begin(child, streams, parts);
      // Sound first: a picture waits for its key frame anyway.
      for (const { consumer } of feeds) await consumer.resume();
      const note = { firstNo, startedMs: now(), hasVideo: recorded.picture !== null };
      await writeFile(noteFileOf(dir, firstNo), JSON.stringify(note));
      const set = new RecordedSet({ key: recordedKey(recorded), note, child }, feeds, parts);
      set.#askKeyFrames();
      return set;
    } catch (error) {
      child?.kill('SIGKILL');
      for (const feed of feeds) closeFeed(feed, parts.ports);
      throw error;
    }
  }

  /** ffmpeg closes its last segment, or is killed when it does not. */
  async stop(): Promise<void> {
    clearInterval(this.#keyFrames);
    this.#child.kill('SIGINT');
    const inTime = new AbortController();
    const hurry = this.#hurry(inTime.signal).catch(() => undefined); // It ended in time.
    await this.ended;
    inTime.abort();
    await hurry;
  }

  /** Where no packets come any more, ffmpeg waits for one: a second word ends that wait, and it closes its file. */
  async #hurry(signal: AbortSignal): Promise<void> {
    await pause(limits.recorder.stopAgainMs, undefined, { signal });
    this.#child.kill('SIGINT');
    await pause(limits.recorder.stopMs, undefined, { signal });
    this.#child.kill('SIGKILL');
  }

  #askKeyFrames(): void {
    for (const { consumer } of this.#feeds) {
      if (consumer.kind !== 'video' || consumer.closed) continue;
      // Its producer may go this very moment; then there is nothing to ask.
      consumer.requestKeyFrame().catch(() => undefined);
    }
  }

  #release(): void {
    clearInterval(this.#keyFrames);
    for (const feed of this.#feeds) closeFeed(feed, this.#parts.ports);
  }
}

/** A recorder that outlived a killed server would hold its ports, and wait for packets for ever. */
const endsWithUs = ['--pdeathsig', 'KILL', '--'];
/** What `setpriv` ends with where there is no such program. */
const notFound = 127;

export function listFileOf(dir: string, firstNo: number): string {
  return join(dir, `set-${firstNo}.csv`);
}

export function noteFileOf(dir: string, firstNo: number): string {
  return join(dir, `set-${firstNo}.json`);
}

async function openFeed({ producer, router }: OnAir, { ports }: SetParts): Promise<Feed> {
  const port = await ports.lend();
  try {
    const transport = await router.createPlainTransport({
      listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
      rtcpMux: false,
      comedia: false,
    });
    await transport.connect({ ip: '127.0.0.1', port, rtcpPort: port + 1 });
    const consumer = await transport.consume({
      producerId: producer.id,
      rtpCapabilities: router.rtpCapabilities,
      paused: true,
      // A plain transport has no estimate of its own: one layer, and it stays.
      ...(producer.type === 'simulcast'
        ? { preferredLayers: { spatialLayer: 1, temporalLayer: 2 } }
        : {}),
    });
    return { transport, consumer, port };
  } catch (error) {
    ports.giveBack(port);
    throw error;
  }
}

function closeFeed({ transport, port }: Feed, ports: PortPairs): void {
  transport.close();
  ports.giveBack(port);
}

function streamOf({ consumer, port }: Feed): RecordedStream {
  const [codec] = consumer.rtpParameters.codecs;
  if (codec === undefined) throw new Error('A consumer without a codec cannot be recorded.');
  return {
    kind: consumer.kind,
    port,
    payloadType: codec.payloadType,
    codec: codec.mimeType.split('/')[1] ?? '',
    clockRate: codec.clockRate,
    channels: codec.channels ?? null,
    parameters: codec.parameters ?? {},
  };
}

const needs = 'Recording needs ffmpeg and setpriv: apt-get install ffmpeg util-linux.';

/** Hands the streams over and waits until ffmpeg listens for all of them. */
async function begin(
  child: ChildProcess,
  streams: readonly RecordedStream[],
  { log, dir }: SetParts,
): Promise<void> {
  const fallen = new AbortController();
  const spawned = once(child, 'spawn');
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-limits.recorder.stderrBytes);
  });
  child.once('exit', (code, signal) => {
    if (code === notFound) fallen.abort(new Error(needs));
    fallen.abort(new Error(`ffmpeg ended (${code ?? signal}): ${said.trim().slice(-300)}`));
    if (code !== 0 && code !== 255) log.warn({ dir, code, signal, said }, 'A recorder fell.');
  });
  await spawned.catch((cause: unknown) => {
    throw new Error(needs, { cause });
  });
  child.stdin?.on('error', () => undefined); // It fell before it read: `exit` says so.
  child.stdin?.end(sdpOf(streams));
  for (const { port } of streams) await listenedOn(port, limits.recorder.startMs, fallen.signal);
}

function exited(child: ChildProcess): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (child.exitCode !== null || child.signalCode !== null) resolve();
  child.once('exit', () => resolve());
  return promise;
}
