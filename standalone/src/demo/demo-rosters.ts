import { extendRosters } from '@sightline/command-center/extend-rosters';
import type { RosterPattern, RosterPatterns } from '@sightline/contracts';
import { openStore, type Store } from '@sightline/store';
import type { StartOptions } from '../options.ts';
import type { Progress } from '../progress.ts';
import { planDemo } from './plan-demo.ts';

export interface DemoRosters {
  readonly options: StartOptions;
  readonly databaseUrl: string;
  readonly progress: Progress;
}

const everyDay: RosterPattern = {
  shifts: 'full',
  dayKinds: ['workday', 'weekend', 'holiday'],
  rotation: 'daily',
  people: null,
};
/** 带班 by the week, 值班 day by day, 备勤 at night: what three people can hold. */
const demoPatterns: RosterPatterns = {
  lead: { ...everyDay, rotation: 'weekly' },
  watch: everyDay,
  standby: { ...everyDay, shifts: 'night' },
};

/**
 * Gives the demo's villages rosters for the next weeks, behind a start that has ended; those that still
 * have enough are left alone.
 */
export function startDemoRosters(demo: DemoRosters): AsyncDisposable {
  const stopping = new AbortController();
  const work = demo.options.empty ? Promise.resolve() : fill(demo, stopping.signal);
  const ended = work.catch((error: unknown) => {
    if (stopping.signal.aborted) return;
    const why = error instanceof Error ? error.message : String(error);
    demo.progress.note(`The demo's rosters were not made: ${why}`);
  });
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await ended;
    },
  };
}

async function fill(
  { options, databaseUrl, progress }: DemoRosters,
  signal: AbortSignal,
): Promise<void> {
  const config = { databaseUrl, applicationName: 'sightline-rosters', poolSize: 1 };
  await using store = await openStore(config);
  const startedAt = performance.now();
  const villages = await fillRosters(store, { villages: options.villages, signal });
  if (villages === 0) return;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  progress.note(`The demo's rosters are made: ${villages} villages, 40 days, ${seconds} s.`);
}

/** County by county; resolves to how many villages got one. */
export async function fillRosters(
  store: Store,
  { villages, signal }: Pick<StartOptions, 'villages'> & { readonly signal: AbortSignal },
): Promise<number> {
  const codes = planDemo(villages).map(({ region }) => region);
  let made = 0;
  for (const own of Map.groupBy(codes, (code) => code.slice(0, 6)).values()) {
    if (signal.aborted) return made;
    const now = Temporal.Now.instant();
    const extension = { villages: own, patterns: demoPatterns, actor: 'system:demo', now, signal };
    made += await extendRosters(store, extension);
  }
  return made;
}
