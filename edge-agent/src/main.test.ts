import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { limits } from '#limits.ts';
import { prepareEnrolledDir } from '#testing/enrolled-dir.ts';
import { temporaryDir } from '#testing/temporary-dir.ts';

function launch(env: Record<string, string>): ChildProcess {
  return fork(new URL('./main.ts', import.meta.url).pathname, {
    env: { PATH: process.env['PATH'] ?? '', SIGHTLINE_LOG_LEVEL: 'silent', ...env },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

function offline(dir: string): Record<string, string> {
  return {
    SIGHTLINE_AGENT_DIR: dir,
    SIGHTLINE_KIOSK_PORT: '0',
    SIGHTLINE_BROKER_MQTT_URL: 'mqtt://127.0.0.1:1',
    SIGHTLINE_BROKER_HTTP_URL: 'http://127.0.0.1:1',
    SIGHTLINE_MODELS_DIR: `${dir}/none`,
  };
}

it('says when it is ready, comes back after kill -9, and ends with its parent, who read its log', async () => {
  await using dir = await temporaryDir();
  await prepareEnrolledDir(dir.path);
  const first = launch(offline(dir.path));
  const [ready] = await once(first, 'message');
  expect(ready).toMatchObject({ ready: true, url: expect.stringContaining('/#token=') });
  first.kill('SIGKILL');
  await once(first, 'exit');

  const second = launch({ ...offline(dir.path), SIGHTLINE_LOG_LEVEL: 'info' });
  const [again] = await once(second, 'message');
  expect(again).toMatchObject({ ready: true });
  const startedAt = performance.now();
  second.stderr?.destroy();
  second.disconnect();
  const [code] = await once(second, 'exit');
  expect(code).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(limits.closeMs + 1_000);
}, 60_000);

it('names a bad setting and what is expected, and does not start', async () => {
  const child = launch({ SIGHTLINE_KIOSK_PORT: 'seven' });
  let said = '';
  child.stderr?.on('data', (text) => (said += String(text)));
  const [code] = await once(child, 'exit');
  expect(code).toBe(2);
  expect(said).toContain('SIGHTLINE_KIOSK_PORT is "seven"; a number from 0 to 65535 is expected.');
});
