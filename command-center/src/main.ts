import { pino } from 'pino';
import { readConfig } from '#config.ts';
import { limits } from '#limits.ts';
import { sayFailure } from '#say-failure.ts';
import { startCentre, type Centre } from '#start-centre.ts';

const centre = await start();

async function start(): Promise<Centre> {
  try {
    const config = readConfig(process.env);
    const logger = pino(
      { name: 'centre', level: config.logLevel },
      pino.destination({ dest: 2, sync: true }),
    );
    return await startCentre(config, { logger });
  } catch (error) {
    process.stderr.write(`${sayFailure(error)}\n`);
    process.exit(1);
  }
}

process.send?.({ ready: true, port: centre.port, url: centre.url });

let closing = false;
function close(): void {
  if (closing) return;
  closing = true;
  // A close that hangs must not keep a supervisor waiting.
  setTimeout(() => process.exit(1), limits.closeTimeoutMs).unref();
  void centre[Symbol.asyncDispose]().then(() => process.exit(0));
}
process.on('SIGTERM', close);
process.on('SIGINT', close);
process.on('disconnect', close);
