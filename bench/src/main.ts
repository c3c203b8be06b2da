import type { BenchOptions } from '#measure/options.ts';
import { readOptions } from '#measure/options.ts';
import { print } from '#measure/print.ts';
import { within } from '#measure/within.ts';
import { limits } from './limits.ts';

interface Bench {
  readonly about: string;
  readonly run: (options: BenchOptions) => Promise<Record<string, unknown>>;
}

const benches: Readonly<Record<string, Bench>> = {
  ingest: {
    about: 'sealed packets into the log, durably, beside mosquitto keeping nothing',
    run: async (options) => (await import('#ingest/run-ingest.ts')).runIngest(options),
  },
  screen: {
    about: 'a check-in made until it is painted, 500 a second before 50 screens',
    run: async (options) => (await import('#screen/run-screen.ts')).runScreen(options),
  },
  hive: {
    about: 'frames a second of the hive with 500 changes a second, 1,693 and 10,000 villages',
    run: async (options) => (await import('#hive/run-hive.ts')).runHive(options),
  },
  'check-in': {
    about: 'the last frame of a face until it is decided, beside @vladmandic/human',
    run: async (options) => (await import('#check-in/run-check-in.ts')).runCheckIn(options),
  },
  storm: {
    about: '10,000 clients come back after kill -9 of the broker, beside mosquitto',
    run: async (options) => (await import('#storm/run-storm.ts')).runStorm(options),
  },
  queries: {
    about: 'what the pages ask of a year of check-ins and 73,623 members',
    run: async (options) => (await import('#queries/run-queries.ts')).runQueries(options),
  },
  ring: {
    about: 'a spot check ordered until 671 terminals have it, answer it and the page shows it',
    run: async (options) => (await import('#ring/run-ring.ts')).runRing(options),
  },
  media: {
    about: 'packets of a few speakers to 500 receivers through one media worker, beside janus',
    run: async (options) => (await import('#media/run-media.ts')).runMedia(options),
  },
  join: {
    about: 'the wish to go into a meeting until the room answers and the first picture is seen',
    run: async (options) => (await import('#join/run-join.ts')).runJoin(options),
  },
  meeting: {
    about:
      'a meeting of 671 villages, 71 upper venues and the chair: pictures, roll call, a killed worker',
    run: async (options) => (await import('#meeting/run-meeting.ts')).runMeeting(options),
  },
  conformance: {
    about: 'packet sequences of MQTT 3.1.1, answered beside mosquitto',
    run: async () => (await import('#conformance/run-conformance.ts')).runConformance(),
  },
};

const [name, ...flags] = process.argv.slice(2);
const bench = benches[name ?? ''];
const options = readOptions(flags);
if (bench === undefined || typeof options === 'string') {
  const isListAsked = name === undefined;
  const trouble = typeof options === 'string' ? options : `There is no bench "${name ?? ''}".`;
  (isListAsked ? process.stdout : process.stderr).write(
    isListAsked ? list() : `${trouble}\n\n${list()}`,
  );
  process.exit(isListAsked ? 0 : 2);
}
try {
  print(await within(bench.run(options), limits.benchMs, `the end of bench ${name}`), options.json);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

function list(): string {
  const rows = Object.entries(benches).map(
    ([bench, { about }]) => `  ${bench.padEnd(12)} ${about}\n`,
  );
  return [
    'npm run bench -- NAME [--json] [--rounds N] [--share 0.1]\n\n',
    ...rows,
    '\n--json: one line of JSON. --rounds: of ingest, hive and check-in, 3. --share: part of the full counts.\n',
    '--profile DIR: the broker’s CPU profiles (ingest, storm). What is measured: bench/README.md.\n',
  ].join('');
}
