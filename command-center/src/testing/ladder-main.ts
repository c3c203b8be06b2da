// Climbs ladders, five minutes a look, on a clock of its own, to be killed by a test: DATABASE_URL, first
// instant, last instant. Prints each instant before it looks.
import { catchUp, liveProjections, openStore } from '@sightline/store';
import { climbDue } from '#live/ladder.ts';

const [, , databaseUrl = '', from = '', to = ''] = process.argv;
const store = await openStore({ databaseUrl, applicationName: 'ladder-test', poolSize: 2 });
const end = Temporal.Instant.from(to);
let now = Temporal.Instant.from(from);
while (Temporal.Instant.compare(now, end) <= 0) {
  process.stdout.write(`${now.toString()}\n`);
  await catchUp(store, liveProjections);
  const moment = now;
  await climbDue({ store, now: () => moment, channels: ['webhook'] });
  now = now.add({ minutes: 5 });
}
process.stdout.write('done\n');
await store[Symbol.asyncDispose]();
