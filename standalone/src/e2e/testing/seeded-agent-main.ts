import { isRefusal } from '@sightline/contracts';
import { readConfig, startAgent } from '@sightline/edge-agent/agent';
import pino from 'pino';

/**
 * The agent's own program but for one thing: the number that draws the challenge of a check-in comes from
 * the command line, because a film does what it does. The agent itself has no setting for it.
 */
const draw = Number(process.argv[2]);
const config = readConfig(process.env);
if (isRefusal(config)) throw new Error(config.detail);
const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
const onOutboxFailed = (fault: Error): void => {
  log.fatal({ err: fault }, 'The outbox failed.');
  process.exit(1);
};
const agent = await startAgent(config, { log, onOutboxFailed, randomness: () => draw });
process.send?.({ ready: true, url: agent.url, kioskPort: agent.kioskPort });
const stop = (): void => void agent[Symbol.asyncDispose]().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('disconnect', stop);
