import { isRefusal, type Refusal } from '@sightline/contracts';
import pino, { type Logger } from 'pino';
import { readConfig, type Config } from './config.ts';
import { limits } from './limits.ts';
import { startBroker, type Broker } from './start-broker.ts';
import { startOpenBroker, type OpenBroker } from './start-open-broker.ts';

const config = readConfig(process.env, process.argv.slice(2));
if (isRefusal(config)) {
  process.stderr.write(`${config.detail}\n`);
  process.exitCode = 2;
} else {
  await run(config);
}

async function run(settings: Config): Promise<void> {
  // Synchronous: at exit an asynchronous one writes to a pipe nobody reads any more, for ever.
  const log = pino({ level: settings.logLevel }, pino.destination({ dest: 2, sync: true }));
  const broker = await start(settings, log).catch((error: unknown) => {
    log.fatal(
      { err: error },
      error instanceof Error ? error.message : 'The broker could not start.',
    );
    return null;
  });
  if (broker === null || isRefusal(broker)) {
    if (broker !== null) process.stderr.write(`${broker.detail}\n`);
    process.exit(1);
  }
  const { [Symbol.asyncDispose]: _close, ...ports } = broker;
  process.send?.({ ready: true, ...ports });
  log.info(ports, 'The broker listens.');
  const stop = () => void close(broker, log);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', stop);
}

function start(settings: Config, log: Logger): Promise<Broker | OpenBroker | Refusal> {
  return settings.kind === 'open'
    ? startOpenBroker(settings.open, { log })
    : startBroker(settings.broker, { log });
}

async function close(broker: AsyncDisposable, log: Logger): Promise<void> {
  const hurry = setTimeout(() => process.exit(0), limits.closeMs);
  await broker[Symbol.asyncDispose]();
  clearTimeout(hurry);
  log.info('The broker closed.');
  process.exit(0);
}
