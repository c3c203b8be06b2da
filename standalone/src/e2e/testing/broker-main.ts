import { writeSync } from 'node:fs';
import { isRefusal } from '@sightline/contracts';
import { startBroker } from '@sightline/broker';
import { silentLog } from './silent-log.ts';

/**
 * A broker that ends itself with kill -9 after its `diesAfter`th commit, before anybody is told of it
 * (0 = never). Says `listening MQTT HTTP`, and `dying` where it does.
 */
const [databaseUrl = '', mqttPort = '0', httpPort = '0', diesAfter = '0'] = process.argv.slice(2);
let commits = 0;
const broker = await startBroker(
  { databaseUrl, mqttHost: '127.0.0.1', mqttPort: Number(mqttPort), httpPort: Number(httpPort) },
  {
    log: silentLog,
    afterCommit: () => {
      commits += 1;
      if (commits !== Number(diesAfter)) return;
      writeSync(1, 'dying\n');
      process.kill(process.pid, 'SIGKILL');
    },
  },
);
if (isRefusal(broker)) throw new Error(broker.detail);
writeSync(1, `listening ${broker.mqttPort} ${broker.httpPort}\n`);
