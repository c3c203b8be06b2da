import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Where the house is reached from outside (RFC 5737), and where its own services stand. */
export const houseAddress = '192.0.2.1';
export const insideAddress = '10.20.0.5';
const [gateway, villageAddress] = ['198.51.100.1', '198.51.100.9'];

/**
 * One house and one village, each a network namespace, with a wire between them. Run by a program that
 * `runInOwnNetwork` began: its namespace is the house. When it ends, both are gone.
 */
export interface HouseNet extends AsyncDisposable {
  /** Makes a program of this one that runs in the village; its path. */
  inVillage(program: string): Promise<string>;
  /** No datagram of the village arrives any more, and nothing says so: as a firewall does it. */
  dropUdp(): void;
  /** Nothing of the village arrives at these ports of TCP: media comes by a relay, or not at all. */
  dropTcp(ports: { readonly min: number; readonly max: number }): void;
  /** kbit/s towards the village; null = as fast as the machine. */
  setRate(kbps: number | null): void;
}

const run = (command: string, args: string): string =>
  execFileSync(command, args.split(' '), { encoding: 'utf8' });

/** `name` leads to the house, as both tables of hosts say; the village has no name server. */
export async function openHouseNet(name: string): Promise<HouseNet> {
  await using held = new AsyncDisposableStack();
  const dir = await mkdtemp(join(tmpdir(), 'house-net-'));
  held.defer(() => rm(dir, { recursive: true, force: true }));
  // Holds the village's namespace for as long as its input stays open: also over a kill of this program.
  await writeFile(join(dir, 'hosts'), `127.0.0.1 localhost\n${houseAddress} ${name}\n`);
  run('mount', `--bind ${dir}/hosts /etc/hosts`);
  held.defer(() => void run('umount', '/etc/hosts'));
  await writeFile(join(dir, 'resolv.conf'), '');
  const begin = ['hosts', 'resolv.conf'].map((file) => `mount --bind ${dir}/${file} /etc/${file}`);
  const words = [...begin, 'echo here', 'exec cat'].join(' && ');
  const village = spawn('unshare', ['-n', '-m', 'sh', '-c', words], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  held.defer(async () => {
    village.stdin.end();
    await once(village, 'exit');
  });
  await once(village.stdout, 'data');
  const [net, mounts] = ['net', 'mnt'].map((kind) => `/proc/${village.pid}/ns/${kind}`);
  const inside = `--net=${net} --mount=${mounts}`;
  for (const words of [
    'link set lo up',
    `link add house type veth peer name village netns ${village.pid}`,
    `addr add ${gateway}/24 dev house`,
    `addr add ${houseAddress}/32 dev house`,
    `addr add ${insideAddress}/32 dev house`,
    'link set house up',
  ])
    run('ip', words);
  for (const words of [
    'link set lo up',
    `addr add ${villageAddress}/24 dev village`,
    'link set village up',
    `route add default via ${gateway}`,
  ])
    run('nsenter', `${inside} ip ${words}`);
  const owned = held.move();
  let isSorted = false;
  /** Rules are asked in order: the one that finds this machine's own addresses comes after. */
  const drop = (what: string) => {
    run('ip', `rule add pref 10 iif house ${what} blackhole`);
    if (isSorted) return;
    run('ip', 'rule add pref 100 lookup local');
    run('ip', 'rule del pref 0');
    isSorted = true;
  };
  return {
    async inVillage(program) {
      const file = join(dir, `${basename(program)}-in-village`);
      await writeFile(file, `#!/bin/sh\nexec nsenter ${inside} --wdns="$PWD" ${program} "$@"\n`);
      await chmod(file, 0o755);
      return file;
    },
    dropUdp: () => drop('ipproto udp'),
    dropTcp: ({ min, max }) => drop(`ipproto tcp dport ${min}-${max}`),
    setRate(kbps) {
      if (kbps === null) run('tc', 'qdisc del dev house root');
      else run('tc', `qdisc replace dev house root tbf rate ${kbps}kbit burst 4000 latency 500ms`);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
