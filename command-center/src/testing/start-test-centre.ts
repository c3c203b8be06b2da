import {
  appendCentreFacts,
  issueViewerToken,
  saveBrokerState,
  type CentreDraft,
  type Store,
} from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import { isRefusal, type FactType } from '@sightline/contracts';
import { pino } from 'pino';
import type { MediaSettings } from '#media/media-keys.ts';
import { noNotify } from '#notify/notify-config.ts';
import { viewerCookie } from '#server/read-viewer.ts';
import { startCentre, type Centre } from '#start-centre.ts';
import { readRetentionDays } from '#retention/retention-days.ts';

export interface TestCentre extends AsyncDisposable {
  readonly store: TestStore;
  readonly centre: Centre;
}

/** A centre with its live part on a fresh database and a free port. */
export async function startTestCentre(): Promise<TestCentre> {
  await using stack = new AsyncDisposableStack();
  const store = stack.use(await openTestStore());
  const centre = stack.use(await startCentreOn(store));
  const parts = stack.move();
  return { store, centre, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}

/**
 * `pagesDir`: pages built for this test; those of the last build unless given. `registerKeyFile`: none
 * unless given. `publicHosts`: names that a TLS proxy on this machine answers to. `media`: none unless given.
 */
export function startCentreOn(
  store: TestStore,
  given: {
    readonly pagesDir?: string;
    readonly registerKeyFile?: string;
    readonly coursesDir?: string;
    readonly publicHosts?: readonly string[];
    readonly media?: MediaSettings;
  } = {},
): Promise<Centre> {
  const {
    registerKeyFile = null,
    coursesDir = '',
    publicHosts = [],
    media = null,
    ...pages
  } = given;
  const config = {
    databaseUrl: store.databaseUrl,
    host: '127.0.0.1',
    port: 0,
    brokerHttpUrl: null,
    demo: true,
    sampleCamera: true,
    logLevel: 'silent',
    publicHosts,
    complaintAnswerDays: 7,
    retentionDays: readRetentionDays(''),
    tls: null,
    registerKeyFile,
    coursesDir,
    notify: noNotify,
    media,
  };
  return startCentre(config, { ...pages, store, logger: pino({ level: 'silent' }) });
}

/** A screen's token for this region. */
export async function screenToken(store: Store, region: string): Promise<string> {
  const now = Temporal.Now.instant();
  const { token } = await issueViewerToken(store.pool, { region, label: 'test', now });
  return token;
}

/** The Cookie header of a screen that may see this region. */
export async function screenCookie(
  { store }: Pick<TestCentre, 'store'>,
  region: string,
): Promise<string> {
  return `${viewerCookie}=${await screenToken(store, region)}`;
}

/** The broker says that it listens, and since when. */
export function brokerListens(store: Store, since = Temporal.Now.instant()): Promise<void> {
  const text = (instant: Temporal.Instant) => instant.toString({ fractionalSecondDigits: 3 });
  return saveBrokerState(store.pool, {
    listeningSince: text(since),
    aliveAt: text(Temporal.Now.instant()),
  });
}

type Draft = Pick<CentreDraft, 'region' | 'type' | 'data'> & { readonly at?: string };

/** Appends facts as the centre does; returns the last position. */
export async function record(store: Store, drafts: readonly Draft[]): Promise<number> {
  const now = Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });
  const appended = await appendCentreFacts(
    store,
    drafts.map((draft) => ({
      at: now,
      stream: `test/${draft.region}/1`,
      world: 'actual' as const,
      actor: 'system:test',
      ...draft,
    })),
  );
  if (isRefusal(appended)) throw new Error(appended.detail);
  return appended.position;
}

export function enrolled(region: string): Draft {
  const data = { terminalId: `t-${region}`, source: `s-${region}`, simulated: true };
  return { region, type: 'terminal.enrolled' satisfies FactType, data };
}

export function checkedIn(region: string, shift: string, personId: string) {
  const data = { personId, terminalId: `t-${region}`, shift, method: 'pin' as const };
  return { region, type: 'duty.checked-in', data } as const satisfies Draft;
}

/** The same by face, as the demo's terminal would say it. */
export function checkedInByFace(region: string, shift: string, personId: string): Draft {
  const { data, ...rest } = checkedIn(region, shift, personId);
  const face = {
    model: 'builtin-512',
    similarity: 0.82,
    margin: 0.41,
    threshold: 0.55,
    frames: 4,
    liveness: 0.93,
    challenge: 'turn-left',
    sampleCamera: true,
  } as const;
  return { ...rest, data: { ...data, method: 'face', face } };
}

/** The same by PIN, with a second person who says who stood there. */
export function checkedInWitnessed(
  region: string,
  shift: string,
  who: { readonly personId: string; readonly witnessId: string },
): Draft {
  const { data, ...rest } = checkedIn(region, shift, who.personId);
  return { ...rest, data: { ...data, method: 'pin-witness', witnessId: who.witnessId } };
}
