// Installs the Debian packages a task needs, or says which command would. Must parse on Node 18.
// Usage: node scripts/machine.mjs test|media|bench|voice|camera   (test: what tests and screenshots need, media included)
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What mediasoup's worker is built from, where no ready one can be fetched; a header stands for its package. */
const media = [
  { command: 'g++', package: 'g++', why: 'compiles the worker of meetings' },
  { command: 'flatc', package: 'flatbuffers-compiler', why: 'reads the schemas of that worker' },
  {
    file: '/usr/include/flatbuffers/flatbuffers.h',
    package: 'libflatbuffers-dev',
    why: 'is part of that worker',
  },
  { file: '/usr/include/uv.h', package: 'libuv1-dev', why: 'is part of that worker' },
  { file: '/usr/include/openssl/ssl.h', package: 'libssl-dev', why: 'is part of that worker' },
  { file: '/usr/include/srtp2/srtp.h', package: 'libsrtp2-dev', why: 'is part of that worker' },
  { command: 'ffmpeg', package: 'ffmpeg', why: 'records meetings' },
];

const needs = {
  media,
  test: [
    ...media,
    { command: 'chromium', package: 'chromium', why: 'opens the pages as a person would' },
    {
      command: 'strace',
      package: 'strace',
      why: 'watches that data is on disk before "done" is said',
    },
    { command: 'ip', package: 'iproute2', why: 'makes a network without a way out' },
    { command: 'turnserver', package: 'coturn', why: 'relays the media of meetings' },
    { command: 'openssl', package: 'openssl', why: 'makes certificates that tests trust' },
    {
      command: 'setpriv',
      package: 'util-linux',
      why: 'starts services without new rights, as compose does',
    },
  ],
  bench: [
    {
      command: 'mosquitto',
      package: 'mosquitto',
      why: 'carries the packets of ingest and storm too',
    },
    { command: 'janus', package: 'janus', why: 'carries the packets of media too' },
    { command: 'g++', package: 'g++', why: 'compiles the loop that media is measured against' },
  ],
  voice: [
    {
      command: 'speech-dispatcher',
      package: 'speech-dispatcher-espeak-ng',
      why: 'lets the terminal say aloud who opens its camera',
    },
  ],
  camera: [{ command: 'ffmpeg', package: 'ffmpeg', why: 'reads the camera where no browser does' }],
};

const onPath = (command) =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'].some(
    (dir) => dir !== '' && existsSync(join(dir, command)),
  );

const isThere = (need) => (need.file === undefined ? onPath(need.command) : existsSync(need.file));

const task = process.argv[2] ?? 'test';
const missing = (needs[task] ?? []).filter((need) => !isThere(need));

function privilege() {
  if (!onPath('apt-get')) return null;
  if (process.getuid?.() === 0) return [];
  return onPath('sudo') && spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : null;
}

function run(words) {
  const [command, ...args] = words;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: ['ignore', 2, 2], env }).status === 0;
}

if (missing.length > 0) {
  for (const need of missing)
    process.stderr.write(`[machine] ${need.package} is missing: it ${need.why}.\n`);
  const names = missing.map((need) => need.package);
  const prefix = privilege();
  const installed =
    prefix !== null &&
    run([...prefix, 'apt-get', 'update', '-q']) &&
    run([...prefix, 'apt-get', 'install', '-y', '--no-install-recommends', ...names]);
  if (!installed) {
    process.stderr.write(
      `[machine] Run: sudo apt-get install -y --no-install-recommends ${names.join(' ')}\n` +
        `[machine] Until then everything that does not need them works; the tests that do will fail.\n`,
    );
  }
}
