import { spawnSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';

/** What the figures were taken on; printed beside them. */
export function describeMachine(): Readonly<Record<string, string | number>> {
  return {
    at: Temporal.Now.instant().toString({ smallestUnit: 'second' }),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    /** Of the last minute, when the bench began: above 1 others were using the machine too. */
    loadBefore,
    /** Ours is in it; one far above the count of our processes tells of others. */
    loadAfter: loadNow(),
    node: process.version,
    mosquitto: firstLine('mosquitto', ['-h']),
  };
}

const loadNow = () => Number((loadavg()[0] ?? 0).toFixed(2));
const loadBefore = loadNow();

function firstLine(command: string, args: readonly string[]): string {
  const { stdout, error } = spawnSync(command, [...args], { encoding: 'utf8', timeout: 5_000 });
  return error === undefined ? (stdout.split('\n')[0] ?? '') : 'not installed';
}
