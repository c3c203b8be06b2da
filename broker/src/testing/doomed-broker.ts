import pino from 'pino';
import { startBroker } from '#start-broker.ts';

/**
 * A broker process that kills itself (SIGKILL) after its n-th commit, before anybody is told of it.
 * argv: database URL, n (0 = never). Sends its ports to its parent.
 */
const [databaseUrl = '', afterCommits = '0'] = process.argv.slice(2);
let commits = 0;

const broker = await startBroker(
  { databaseUrl, mqttHost: '127.0.0.1', mqttPort: 0, httpPort: 0 },
  {
    log: pino({ level: 'silent' }),
    afterCommit: () => {
      commits += 1;
      if (commits === Number(afterCommits)) process.kill(process.pid, 'SIGKILL');
    },
  },
);
if ('refused' in broker) throw new Error(broker.detail);
process.once('disconnect', () => process.exit(0));
process.send?.({ mqttPort: broker.mqttPort, httpPort: broker.httpPort });
