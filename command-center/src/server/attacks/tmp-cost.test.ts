import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { test } from 'vitest';
import { startTestCentre } from '#testing/start-test-centre.ts';
test('cost', async () => {
  await using on = await startTestCentre();
  const main = fileURLToPath(new URL('./flood-main.ts', import.meta.url));
  for (const addresses of [1, 400]) {
    const session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
    const before = process.cpuUsage();
    const child = spawn(process.execPath, [main, on.centre.url, String(addresses), '1000', '5'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (b: Buffer) => (said += b.toString()));
    await once(child, 'close');
    const { user, system } = process.cpuUsage(before);
    const { sent } = JSON.parse(said) as { sent: number };
    const { profile } = await session.post('Profiler.stop');
    writeFileSync(`/tmp/sec/p${addresses}.cpuprofile`, JSON.stringify(profile));
    console.log(addresses, said, 'us per request user', user / sent, 'system', system / sent);
  }
}, 60_000);
