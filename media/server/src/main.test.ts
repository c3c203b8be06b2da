import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePorts } from '#testing/free-ports.ts';
import { testSecret } from '#testing/orders.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'media-main-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function start(change: Record<string, string>): Promise<ChildProcess> {
  const first = await freePorts(2);
  return fork(join(import.meta.dirname, 'main.ts'), {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: {
      ...process.env,
      SIGHTLINE_MEDIA_SECRET: testSecret,
      SIGHTLINE_MEDIA_PORT: '0',
      SIGHTLINE_MEDIA_RTC_PORTS: `${first}-${first + 1}`,
      SIGHTLINE_MEDIA_CENTRE_URL: 'http://127.0.0.1:9',
      SIGHTLINE_MEDIA_DATA: dir,
      ...change,
    },
  });
}

describe('the process of the media server', () => {
  test('is ready without a worker and without a centre, says both, and ends with its parent', async () => {
    const child = await start({ MEDIASOUP_WORKER_BIN: '/nowhere' });
    const [said] = (await once(child, 'message')) as [{ ready: boolean; url: string }]; // Its own word.
    expect(said.ready).toBe(true);
    const health = await fetch(`${said.url}/healthz`);
    expect(health.status).toBe(503);
    const text = await health.text();
    expect(text).toContain('MEDIASOUP_WORKER_BIN is /nowhere');
    expect(text).toContain('"name":"centre","state":"down"');
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('does not start with half a setting, and says which', async () => {
    const child = await start({ SIGHTLINE_MEDIA_SECRET: 'short' });
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(said).toContain('SIGHTLINE_MEDIA_SECRET');
  });
});
