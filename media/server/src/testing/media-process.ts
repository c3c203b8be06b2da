import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePorts } from './free-ports.ts';
import { testSecret } from './orders.ts';
import { realWorker } from './real-worker.ts';

/** The media server as the process that it is, to be killed. */
export interface MediaProcess extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

export async function startMediaProcess({
  dataDir,
  centreUrl,
}: {
  readonly dataDir: string;
  readonly centreUrl: string;
}): Promise<MediaProcess> {
  const first = await freePorts(2);
  const child = fork(join(import.meta.dirname, '..', 'main.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      MEDIASOUP_WORKER_BIN: await realWorker(),
      SIGHTLINE_MEDIA_SECRET: testSecret,
      SIGHTLINE_MEDIA_PORT: '0',
      SIGHTLINE_MEDIA_WORKERS: '1',
      SIGHTLINE_MEDIA_RTC_PORTS: `${first}-${first + 1}`,
      SIGHTLINE_MEDIA_CENTRE_URL: centreUrl,
      SIGHTLINE_MEDIA_DATA: dataDir,
      SIGHTLINE_MEDIA_PLAIN: 'loopback',
      SIGHTLINE_MEDIA_LOG_LEVEL: 'silent',
    },
  });
  const [said] = (await once(child, 'message')) as [{ readonly url: string }]; // Its own word.
  return {
    url: said.url,
    pid: child.pid ?? 0,
    kill: () => end(child),
    [Symbol.asyncDispose]: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
