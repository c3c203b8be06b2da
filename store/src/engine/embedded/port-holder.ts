import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';

/** True when nothing listens there and this process may. */
export function isPortFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** "process 123 (mosquitto)" when it can be found out (Linux, own or root's view), else "another program". */
export async function describePortHolder(port: number): Promise<string> {
  const inode = await listeningInode(port);
  const pid = inode === null ? null : await holderOf(`socket:[${inode}]`);
  if (pid === null) return 'another program';
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'unknown');
  return `process ${pid} (${name.trim()})`;
}

async function listeningInode(port: number): Promise<string | null> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const listen = '0A';
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const lines = (await readFile(table, 'utf8').catch(() => '')).split('\n');
    for (const line of lines) {
      const fields = line.trim().split(/\s+/);
      if (fields[1]?.endsWith(suffix) === true && fields[3] === listen) return fields[9] ?? null;
    }
  }
  return null;
}

async function holderOf(socket: string): Promise<string | null> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const file of files) {
      if ((await readlink(`/proc/${pid}/fd/${file}`).catch(() => '')) === socket) return pid;
    }
  }
  return null;
}
