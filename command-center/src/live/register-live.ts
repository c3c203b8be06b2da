import { liveProjections, startProjector } from '@sightline/store';
import { openMediaLink, type MediaLink } from '#media/media-link.ts';
import type { FastifyInstance } from 'fastify';
import { openChannels } from '#notify/open-channels.ts';
import { openVaultOf } from '#register-import/open-vault.ts';
import { startRetention } from '#retention/start-retention.ts';
import type { Live, LiveDeps, RegisterLive } from '#server/live-seam.ts';
import { startComplaints } from './complaints.ts';
import { startDelivery } from './deliver.ts';
import { startFrames } from './frames.ts';
import { startLadders, type Ladders } from './ladder.ts';
import { startLedgerKeeper } from './ledger-keeper.ts';
import { startMeetings } from './meetings.ts';
import { startPresenceWatcher } from './presence-watcher.ts';
import { pulseMaker, startBeat } from './pulse.ts';
import { reachabilityRoute } from './reachability-route.ts';
import { startRosters } from './rosters.ts';
import { startShiftCounts } from './shift-counts.ts';
import { snapshotRoute } from './snapshot-route.ts';
import { openSockets } from './sockets.ts';
import { startTroubles } from './troubles.ts';
import { startTruth } from './truth.ts';
import { startWithdrawals } from './withdrawals.ts';

/**
 * 实况. Follows the log, watches presence and shows both: snapshots over HTTP, frames and a pulse
 * over Socket.IO on the same server.
 */
export const registerLive: RegisterLive = async (app, deps): Promise<Live> => {
  await using stack = new AsyncDisposableStack();
  const { store, now, logger } = deps;
  const onError = (error: unknown): void => logger.warn({ err: error }, 'The live view stumbled.');
  const readViewer = (cookie: string | undefined) => deps.readViewer(cookie, 'viewer');
  const common = { store, now, onError };

  const truth = stack.use(startTruth(deps));
  const answerDays = deps.complaintAnswerDays;
  const troubles = stack.use(startTroubles({ ...common, answerDays }));
  const watcher = stack.use(startPresenceWatcher(common));
  const pulse = pulseMaker({
    now,
    health: truth.readHealth,
    troubles: troubles.sources,
    overdue: troubles.overdue,
    links: watcher.links,
  });
  const sockets = stack.use(
    openSockets(app.server, {
      readViewer,
      isKnownPage: deps.isKnownPage,
      onWatch: (region, emit) => emit('pulse', pulse(region)),
      onDropped: (reason) => logger.info({ reason }, 'A page was dropped.'),
    }),
  );
  const frames = stack.use(
    startFrames({
      ...common,
      occupied: sockets.occupied,
      send: (region, frame) => sockets.emitTo(region)('frame', frame),
    }),
  );
  const beat = stack.use(startBeat({ sockets, frames, pulse, onError }));
  truth.onChange(beat.wake);
  stack.use(startShiftCounts(common));
  stack.use(startRosters(common));
  const withdrawals = stack.use(startWithdrawals(common));
  const complaints = stack.use(startComplaints({ ...common, answerDays }));
  const ladders = stack.use(startReminders(deps, common));
  const ledger = stack.use(startLedgerKeeper(common));
  stack.use(startMeetings(common));
  stack.use(startRetention({ ...common, days: deps.retentionDays }));
  const media = stack.use(openMedia(app, deps, common));
  const onProjected = (projected: Parameters<typeof frames.note>[0]): void => {
    frames.note(projected);
    watcher.noteProjected(projected);
    withdrawals.noteProjected(projected);
    complaints.noteProjected(projected);
    ladders.noteProjected(projected);
    ledger.noteProjected(projected);
    media?.noteProjected(projected);
  };
  stack.use(startProjector(store, liveProjections, { onError, onProjected }));
  snapshotRoute(app, { store, now, demo: deps.demo, pulse });
  reachabilityRoute(app, { store, now });
  const parts = stack.move();
  return {
    readHealth: () => truth.readHealth().filter(({ name }) => name === 'projector'),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
};

/** The link to the media server, where one belongs to this centre. */
function openMedia(
  app: FastifyInstance,
  { media, logger }: LiveDeps,
  common: Parameters<typeof startMeetings>[0],
): MediaLink | null {
  if (media.settings === null) return null;
  const onNote = (note: string): void => logger.warn(note);
  const { secret } = media.settings;
  return openMediaLink(app.server, { ...common, media, secret, onNote });
}

/** 逐级提醒 and what sends its messages; the messages end last. */
function startReminders(
  { notify, registerKeyFile }: Pick<LiveDeps, 'notify' | 'registerKeyFile'>,
  common: Pick<LiveDeps, 'store' | 'now'> & { readonly onError: (error: unknown) => void },
): Ladders {
  const channels = openChannels(notify);
  const vault = openVaultOf(registerKeyFile);
  const delivery = startDelivery({
    ...common,
    channels,
    openAddress: (sealed) => (vault?.isOwn(sealed) === true ? vault.open(sealed) : null),
    consoleUrl: notify.consoleUrl,
  });
  const ladders = startLadders({
    ...common,
    channels: [...channels.keys()],
    onClimbed: delivery.wake,
  });
  return {
    noteProjected: (projected) => ladders.noteProjected(projected),
    async [Symbol.asyncDispose]() {
      await ladders[Symbol.asyncDispose]();
      await delivery[Symbol.asyncDispose]();
    },
  };
}
