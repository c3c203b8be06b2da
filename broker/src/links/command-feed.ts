import { listDesiredChanges, listen, listRevoked, readDesired, type Store } from '@sightline/store';
import type { Logger } from 'pino';
import type { MqttDoor } from '#mqtt/mqtt-door.ts';
import { limits } from '#limits.ts';

export interface CommandFeedOptions {
  readonly store: Store;
  readonly log: Logger;
  readonly door: Pick<
    MqttDoor,
    'connectedSources' | 'wantsDesired' | 'publishDesired' | 'disconnect'
  >;
  readonly onRevoked: (source: string) => void;
}

/**
 * What the centre wants of terminals comes as rows: told by NOTIFY, and looked for every two seconds
 * because a notice can be lost. Publishes desired states, ends the connections of revoked sources.
 */
export class CommandFeed implements AsyncDisposable {
  readonly #options: CommandFeedOptions;
  #listening: AsyncDisposable | null = null;
  #timer: NodeJS.Timeout | null = null;
  #polling: Promise<void> | null = null;
  #seenUpTo: string | null = null;
  /** Versions published since they were last looked for, so that a poll does not repeat them. */
  readonly #published = new Map<string, number>();

  constructor(options: CommandFeedOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const changes = await listDesiredChanges(this.#options.store.pool, null);
    this.#seenUpTo = changes.at(-1)?.updatedAt ?? null;
    this.#listening = listen(this.#options.store, ['revoked', 'desired'], (notice) => {
      if (notice.kind === 'connected') void this.#poll();
      else if (notice.channel === 'revoked') this.#revoke(notice.payload);
      else void this.publish(notice.payload);
    });
    this.#timer = setInterval(() => void this.#poll(), limits.pollMs);
  }

  /** Publishes the desired state of a terminal as it stands now, if it is there to hear it. */
  async publish(terminalId: string): Promise<void> {
    const { store, door, log } = this.#options;
    if (!door.wantsDesired(terminalId)) return;
    try {
      const desired = await readDesired(store.pool, terminalId);
      if (desired === null) return;
      this.#published.set(terminalId, desired.version);
      door.publishDesired(desired);
    } catch (error) {
      this.#published.delete(terminalId);
      log.warn({ err: error, terminalId }, 'A desired state waits for the database.');
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#listening?.[Symbol.asyncDispose]();
    await this.#polling;
  }

  #revoke(source: string): void {
    this.#options.onRevoked(source);
    this.#options.door.disconnect(source, 'revoked');
  }

  #poll(): Promise<void> {
    this.#polling ??= this.#look().finally(() => {
      this.#polling = null;
    });
    return this.#polling;
  }

  async #look(): Promise<void> {
    const { store, door, log } = this.#options;
    try {
      const revoked = await listRevoked(store.pool, door.connectedSources);
      for (const source of revoked) this.#revoke(source);
      const changes = await listDesiredChanges(store.pool, this.#seenUpTo);
      this.#seenUpTo = changes.at(-1)?.updatedAt ?? this.#seenUpTo;
      for (const { desired } of changes) {
        const { terminalId, version } = desired;
        if (!door.wantsDesired(terminalId)) this.#published.delete(terminalId);
        else if ((this.#published.get(terminalId) ?? 0) < version) {
          this.#published.set(terminalId, version);
          door.publishDesired(desired);
        }
      }
    } catch (error) {
      log.warn({ err: error }, 'Commands to terminals wait for the database.');
    }
  }
}
