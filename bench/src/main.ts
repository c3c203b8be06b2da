import { print } from '#measure/print.ts';

const benches: Readonly<Record<string, () => Promise<Record<string, unknown>>>> = {
  ingest: async () => (await import('#ingest/run-ingest.ts')).runIngest(),
};

const [name = '', ...flags] = process.argv.slice(2);
const bench = benches[name];
if (bench === undefined) {
  process.stderr.write(`Usage: npm run bench -- ${Object.keys(benches).join('|')} [--json]\n`);
  process.exit(2);
}
print(await bench(), flags.includes('--json'));
process.exit(0);
