/** 体检结论. `wrong`: the installation cannot work, or can lose something. */
export interface Finding {
  readonly state: 'ok' | 'warn' | 'wrong';
  /** What was looked at, in Chinese and English. */
  readonly what: string;
  readonly found: string;
  /** Null where there is nothing to do. */
  readonly remedy: string | null;
}

export const ok = (what: string, found: string): Finding => ({
  state: 'ok',
  what,
  found,
  remedy: null,
});
export const warn = (what: string, found: string, remedy: string): Finding => ({
  state: 'warn',
  what,
  found,
  remedy,
});
export const wrong = (what: string, found: string, remedy: string): Finding => ({
  state: 'wrong',
  what,
  found,
  remedy,
});

const gb = 1024 ** 3;
const gbWords = (bytes: number) => `${(bytes / gb).toFixed(1)} GB`;

export function judgeNode(version: string): Finding {
  const what = '运行环境 Node.js';
  const major = Number(/^v?(\d+)/.exec(version)?.[1] ?? 0);
  if (major >= 26) return ok(what, version);
  return wrong(
    what,
    version,
    '用 npm 脚本启动，它自带 Node 26 Start it by its npm scripts: they bring Node 26.',
  );
}

export function judgeDisk({ free, total }: { free: number; total: number }): Finding {
  const what = '磁盘 Disk';
  const found = `${gbWords(free)} / ${gbWords(total)}`;
  const remedy =
    '清理磁盘，或把数据放到更大的磁盘 Free some space, or move the data folder to a larger disk.';
  if (free < 0.5 * gb) return wrong(what, found, remedy);
  return free < 5 * gb ? warn(what, found, remedy) : ok(what, found);
}

export function judgeMemory(free: number): Finding {
  const what = '内存 Memory';
  const found = `${gbWords(free)} free`;
  const remedy = '关闭别的程序，至少留 1 GB Close other programs: at least 1 GB is needed.';
  return free < gb ? warn(what, found, remedy) : ok(what, found);
}

/** `ms`: the median time of one small write that is really on the disk. */
export function judgeFlush(ms: number): Finding {
  const what = '落盘时间 Flush to disk';
  const found = `${ms.toFixed(2)} ms`;
  if (ms < 0.01) {
    const remedy =
      '磁盘可能没有真正落盘，断电会丢数据 The disk may not flush at all: what is acknowledged could be lost in a power cut. Switch its write cache off.';
    return warn(what, found, remedy);
  }
  const remedy = '磁盘太慢，换固态硬盘 The disk is slow: use a solid-state disk.';
  return ms > 50 ? warn(what, found, remedy) : ok(what, found);
}

/** A clock before this program was written is wrong; nobody knows better without a network. */
export function judgeClock(now: Temporal.Instant): Finding {
  const what = '时钟 Clock';
  const found = now.toZonedDateTimeISO('Asia/Shanghai').toString({ smallestUnit: 'second' });
  const isPlausible = Temporal.Instant.compare(now, '2026-11-01T00:00:00Z') > 0;
  if (isPlausible) return ok(what, found);
  return wrong(what, found, '校准系统时间 Set the clock of this machine.');
}

export function judgeBackup(at: string | null, now: Temporal.Instant): Finding {
  const what = '最近备份 Last backup';
  const remedy = 'npm run -s sightline -- backup FILE';
  if (at === null) return warn(what, '没有 none', remedy);
  const days = now.since(Temporal.Instant.from(at)).total('hours') / 24;
  return days > 7 ? warn(what, at, remedy) : ok(what, at);
}
