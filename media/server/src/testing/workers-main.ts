import pino from 'pino';
import { startWorkers } from '#workers/start-workers.ts';
import { freePorts } from './free-ports.ts';
import { realWorker } from './real-worker.ts';

// A program with workers that somebody kills: says their process ids, then waits for ever.
const min = await freePorts(4);
const workers = await startWorkers(
  {
    binary: await realWorker(),
    rtc: { ip: '127.0.0.1', announcedAddress: null, ports: { min, max: min + 3 } },
    count: 2,
  },
  { log: pino({ level: 'silent' }) },
);
process.stdout.write(`${JSON.stringify(workers.all().map(({ pid }) => pid))}\n`);
process.stdin.resume();
