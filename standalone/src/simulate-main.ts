import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { controlFile } from './simulator/control.ts';

/** npm run simulate -- dark|return REGION [DATA]: cuts or gives back the links of a demo region. */
const [verb, region = '', dataDir = 'data'] = process.argv.slice(2);
if (verb !== 'dark' && verb !== 'return') {
  process.stderr.write('Usage: npm run simulate -- dark|return REGION [DATA]\n');
  process.exit(2);
}
const file = join(process.env['INIT_CWD'] ?? '.', dataDir, 'simulator', controlFile);
const door = JSON.parse(await readFile(file, 'utf8')) as { url: string; token: string }; // Written by our simulator.
const reply = await fetch(`${door.url}/${verb}?region=${encodeURIComponent(region)}`, {
  method: 'POST',
  headers: { authorization: `Bearer ${door.token}` },
  signal: AbortSignal.timeout(5000),
});
process.stdout.write(`${await reply.text()}\n`);
process.exit(reply.ok ? 0 : 1);
