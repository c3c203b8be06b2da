import { pino } from 'pino';
import { readConfig } from '#config.ts';
import { limits } from '#limits.ts';
import { startMedia, type Media } from '#start-media.ts';

const media = await start();

async function start(): Promise<Media> {
  try {
    const config = readConfig(process.env);
    const log = pino(
      { name: 'media', level: config.logLevel },
      pino.destination({ dest: 2, sync: true }),
    );
    const started = await startMedia(config, { log });
    log.info({ url: started.url }, 'The media server listens.');
    return started;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

process.send?.({ ready: true, port: media.port, url: media.url });

let closing = false;
function close(): void {
  if (closing) return;
  closing = true;
  // A close that hangs must not keep a supervisor waiting.
  setTimeout(() => process.exit(1), limits.closeMs).unref();
  void media[Symbol.asyncDispose]().then(() => process.exit(0));
}
process.on('SIGTERM', close);
process.on('SIGINT', close);
process.on('disconnect', close);
