import { fileURLToPath } from 'node:url';
import { startConstellation, type Constellation } from './constellation.ts';
import { demoPin } from '#demo/set-demo-pins.ts';
import { parseOptions, usage, type StartOptions } from './options.ts';
import { openProgress } from './progress.ts';

const rootDir = fileURLToPath(new URL('../..', import.meta.url));

async function run(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), process.env['INIT_CWD'] ?? rootDir);
  if (options === 'help') {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const stopAsked = Promise.withResolvers<void>();
  let isUp = false;
  listenForStop(() => {
    if (!isUp) process.exit(130); // The programs' pipes close: they end by themselves.
    stopAsked.resolve();
  });
  const progress = openProgress(process.stderr);
  const constellation = await startConstellation(options, {
    rootDir,
    progress,
    databaseUrl: process.env['DATABASE_URL'] ?? null,
    environment: ownEnvironment(),
  });
  isUp = true;
  show(constellation, options);
  await stopAsked.promise;
  await progress.step('stopping', async () => constellation[Symbol.asyncDispose]());
}

/** The first Ctrl-C stops in good order; the second at once. */
function listenForStop(stop: () => void): void {
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (asked) process.exit(130); // As above.
      asked = true;
      stop();
    });
  }
}

function ownEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}

function show({ links }: Constellation, options: StartOptions): void {
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ ready: true, ...links })}\n`);
    return;
  }
  const lines = [
    ['大屏 big screen', links.screen],
    ['值守台 console', links.console],
    ['村级终端 kiosk', links.kiosk],
    ['值守台登录 sign-in: daily work (once, 10 min)', links.signIn],
    ['系统管理员登录 sign-in: system administrator', links.signInSystem],
    ['安全管理员登录 sign-in: security administrator', links.signInSecurity],
    ['审计管理员登录 sign-in: audit administrator', links.signInAudit],
    ...(options.empty ? [] : [['演示口令 demo PIN', demoPin]]),
  ];
  process.stdout.write(`\n${lines.map(([name, url]) => `${name}\n  ${url}`).join('\n')}\n\n`);
  process.stderr.write('Ctrl-C stops everything; the data stay.\n');
}

try {
  await run();
  process.exit(0);
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
