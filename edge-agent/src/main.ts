import { isRefusal } from '@sightline/contracts';
import pino, { type Logger } from 'pino';
import { type AgentConfig, readConfig } from './config.ts';
import { limits } from './limits.ts';
import { type Agent, startAgent } from './start-agent.ts';

const config = readConfig(process.env);
if (isRefusal(config)) {
  process.stderr.write(`${config.detail}\n`);
  process.exitCode = 2;
} else {
  await run(config);
}

async function run(settings: AgentConfig): Promise<void> {
  // Synchronous: at exit an asynchronous one writes to a pipe nobody reads any more, for ever.
  const log = pino({ level: settings.logLevel }, pino.destination({ dest: 2, sync: true }));
  const onOutboxFailed = (fault: Error): void => {
    log.fatal({ err: fault }, 'The outbox failed; the next start repairs it.');
    process.exit(1);
  };
  const agent = await startAgent(settings, { log, onOutboxFailed }).catch((fault: unknown) => {
    log.fatal({ err: fault }, fault instanceof Error ? fault.message : 'The agent did not start.');
    process.exit(1);
  });
  process.send?.({ ready: true, url: agent.url, kioskPort: agent.kioskPort });
  log.info({ kioskPort: agent.kioskPort }, 'The terminal is ready.');
  const stop = (): void => void close(agent, log);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', stop);
}

async function close(agent: Agent, log: Logger): Promise<void> {
  const hurry = setTimeout(() => process.exit(0), limits.closeMs);
  await agent[Symbol.asyncDispose]();
  clearTimeout(hurry);
  log.info('The terminal closed.');
  process.exit(0);
}
