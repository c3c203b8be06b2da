import { readConfig } from '#config.ts';
import { startCentre } from '#start-centre.ts';
import { limits } from '#limits.ts';

const centre = await startCentre(readConfig(process.env));
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
