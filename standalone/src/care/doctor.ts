import {
  closeSync,
  existsSync,
  fdatasyncSync,
  mkdirSync,
  openSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import {
  checkDurability,
  describePortHolder,
  findRunningEmbedded,
  isPortFree,
  openStore,
} from '@sightline/store';
import { portsFrom } from '#set-up/ports.ts';
import {
  judgeBackup,
  judgeClock,
  judgeDisk,
  judgeFlush,
  judgeMemory,
  judgeNode,
  ok,
  warn,
  wrong,
  type Finding,
} from './findings.ts';
import { readLastBackup } from './last-backup.ts';
import type { Care } from './options.ts';
import type { Report } from './report.ts';

const flushes = 40;
const signs = { ok: '●', warn: '▲', wrong: '✖' } as const;

/** 体检. What is wrong with this machine for this installation, in plain words. Exit code 1 where something is. */
export async function doctor(options: Care, report: Report): Promise<object> {
  const findings: Finding[] = [];
  for (const look of [lookAtMachine, lookAtPorts, lookAtDatabase, lookAtBackup]) {
    for (const finding of await look(options)) {
      findings.push(finding);
      report.say(`${signs[finding.state]} ${finding.what}: ${finding.found}`);
      if (finding.remedy !== null) report.say(`    → ${finding.remedy}`);
    }
  }
  if (findings.some(({ state }) => state === 'wrong')) process.exitCode = 1;
  return { findings };
}

async function lookAtMachine({ dataDir }: Care): Promise<Finding[]> {
  const machine = [
    judgeNode(process.version),
    judgeClock(Temporal.Now.instant()),
    judgeMemory(freemem()),
  ];
  try {
    mkdirSync(dataDir, { recursive: true });
    const { bavail, blocks, bsize } = statfsSync(dataDir);
    const disk = judgeDisk({ free: bavail * bsize, total: blocks * bsize });
    return [...machine, disk, judgeFlush(flushMs(dataDir))];
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const remedy = '用 --data 指定可写的目录 Name a folder that can be written with --data DIR.';
    return [...machine, wrong('数据目录 Data folder', reason, remedy)];
  }
}

/** The median time of a small write and its flush, in ms. */
function flushMs(dir: string): number {
  const path = join(dir, 'doctor.probe');
  const file = openSync(path, 'w', 0o600);
  try {
    const times = Array.from({ length: flushes }, () => {
      const from = performance.now();
      writeSync(file, Buffer.alloc(4096, 1));
      fdatasyncSync(file);
      return performance.now() - from;
    });
    return times.toSorted((a, b) => a - b)[flushes / 2] ?? 0;
  } finally {
    closeSync(file);
    rmSync(path);
  }
}

async function lookAtPorts({ portBase, dataDir }: Care): Promise<Finding[]> {
  if (existsSync(join(dataDir, 'running.pid'))) {
    return [ok('端口 Ports', '正在运行 held by the installation that runs')];
  }
  const findings: Finding[] = [];
  for (const [name, port] of Object.entries(portsFrom(portBase))) {
    if (await isPortFree('127.0.0.1', port)) continue;
    const holder = await describePortHolder(port);
    const remedy =
      '停掉它，或用 --port-base 换一组端口 Stop it, or choose other ports with --port-base N.';
    findings.push(wrong(`端口 Port ${port} (${name})`, holder, remedy));
  }
  return findings.length > 0 ? findings : [ok('端口 Ports', `${portBase}… 空闲 free`)];
}

async function lookAtDatabase({ databaseUrl: given, dataDir }: Care): Promise<Finding[]> {
  const what = '数据库 Database';
  const databaseUrl = given ?? (await findRunningEmbedded(dataDir));
  if (databaseUrl === null) {
    return [ok(what, '内置数据库未运行 the embedded one is not running: npm start starts it')];
  }
  try {
    await using store = await openStore({ databaseUrl, applicationName: 'sightline-doctor' });
    const { timescale, serverVersion } = store.engine;
    const found = `PostgreSQL ${Math.floor(serverVersion / 10_000)}${timescale === null ? '' : `, TimescaleDB ${timescale}`}`;
    const refusal = await checkDurability(store);
    if (refusal !== null) return [wrong(what, refusal.detail, 'fsync = on')];
    const { rows } = await store.pool.query<{ name: string }>(
      'select name from migration order by name desc limit 1',
    );
    return [ok(what, `${found}, ${rows[0]?.name ?? 'empty'}`)];
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return [
      wrong(
        what,
        reason,
        '检查 DATABASE_URL，或先 npm start Check DATABASE_URL, or npm start first.',
      ),
    ];
  }
}

async function lookAtBackup({ dataDir, databaseUrl }: Care): Promise<Finding[]> {
  const last = await readLastBackup(dataDir);
  const key = join(dataDir, 'secrets', 'register.key');
  const findings = [judgeBackup(last?.at ?? null, Temporal.Now.instant())];
  if (existsSync(dataDir) && !existsSync(key) && databaseUrl === null) {
    findings.push(
      warn(
        '登记钥匙 Register key',
        key,
        '首次启动时自动生成 npm start makes it at its first start.',
      ),
    );
  }
  return findings;
}
