import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fdatasyncSync,
  openSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import {
  judgeClock,
  judgeDisk,
  judgeFlush,
  judgeMemory,
  judgeNode,
  ok,
  wrong,
  type Finding,
} from './findings.ts';
import type { Care } from './options.ts';

const flushes = 40;
const flushBytes = 4_096;

/** Node, clock, memory, and the disk under the data folder. Makes nothing that stays. */
export async function lookAtMachine({ dataDir }: Care): Promise<Finding[]> {
  const machine = [
    judgeNode(process.version),
    judgeClock(Temporal.Now.instant()),
    judgeMemory(process.availableMemory()),
  ];
  const what = '数据目录 Data folder';
  // Before the first start there is none: what is above it says how it will be.
  const folder = nearest(dataDir);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    const { bavail, blocks, bsize } = statfsSync(folder);
    const flush = judgeFlush(flushMs(folder));
    const words = existsSync(dataDir) ? dataDir : `${dataDir} (尚未创建 not made yet)`;
    return [
      ...machine,
      ok(what, words),
      judgeDisk({ free: bavail * bsize, total: blocks * bsize }),
      flush,
    ];
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const remedy = '用 --data 指定可写的目录 Name a folder that can be written with --data DIR.';
    return [...machine, wrong(what, reason, remedy)];
  }
}

function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}

/** The median time of a small write and its flush, in ms. */
function flushMs(dir: string): number {
  const path = join(dir, `sightline-doctor-${process.pid}.probe`);
  const file = openSync(path, 'wx', 0o600);
  try {
    const times = Array.from({ length: flushes }, () => {
      const from = performance.now();
      writeSync(file, Buffer.alloc(flushBytes, 1));
      fdatasyncSync(file);
      return performance.now() - from;
    });
    return times.toSorted((a, b) => a - b)[flushes / 2] ?? 0;
  } finally {
    closeSync(file);
    rmSync(path);
  }
}
