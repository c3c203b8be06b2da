import { refuse, type Refusal } from '@sightline/contracts';
import type { Logger } from 'pino';
import { closeAedes, createPlainAedes } from '#mqtt/create-aedes.ts';
import { listenGuarded } from '#mqtt/listen-guarded.ts';
import { isLoopbackHost } from '#mqtt/loopback.ts';

export interface OpenBrokerConfig {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
}

export interface OpenBroker extends AsyncDisposable {
  readonly mqttPort: number;
}

/**
 * The broker alone: plain MQTT 3.1.1 behind the same guard, without database and access rules. For
 * interoperability suites; refuses any host but loopback.
 */
export async function startOpenBroker(
  config: OpenBrokerConfig,
  deps: { readonly log: Logger },
): Promise<OpenBroker | Refusal> {
  if (!isLoopbackHost(config.host)) {
    return refuse(
      'open-beyond-loopback',
      `An open broker listens on this machine only. Use --listen 127.0.0.1:${config.port}.`,
    );
  }
  const aedes = await createPlainAedes(deps.log);
  const listening = await listenGuarded(aedes, { ...config, tls: null, log: deps.log });
  return {
    mqttPort: listening.port,
    async [Symbol.asyncDispose]() {
      const closed = closeAedes(aedes);
      await listening[Symbol.asyncDispose]();
      await closed;
    },
  };
}
