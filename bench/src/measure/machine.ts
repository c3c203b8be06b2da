import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

/** What the figures were taken on; printed beside them. */
export function describeMachine(): Readonly<Record<string, string | number>> {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    mosquitto: firstLine('mosquitto', ['-h']),
  };
}

function firstLine(command: string, args: readonly string[]): string {
  const { stdout, error } = spawnSync(command, [...args], { encoding: 'utf8' });
  return error === undefined ? (stdout.split('\n')[0] ?? '') : 'not installed';
}
