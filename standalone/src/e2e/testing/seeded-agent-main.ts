import { Challenge, isRefusal } from '@sightline/contracts';
import { drawOf, readConfig, startAgent } from '@sightline/edge-agent/agent';
import pino from 'pino';
import { Value } from 'typebox/value';

/**
 * The agent's own program but for one thing: the challenge of a check-in comes from the command line,
 * because a film does what it does. The agent itself has no setting for it.
 */
const [, , challenge] = process.argv;
if (!isChallenge(challenge)) throw new Error(`${challenge ?? 'nothing'} is no challenge.`);
const draw = drawOf(challenge);
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

function isChallenge(word: string | undefined): word is Challenge {
  return Value.Check(Challenge, word);
}
