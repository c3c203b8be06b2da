import { liveProjections, startProjector } from '@sightline/store';
import type { Live, RegisterLive } from '#server/live-seam.ts';
import { startComplaints } from './complaints.ts';
import { startFrames } from './frames.ts';
import { startLedgerKeeper } from './ledger-keeper.ts';
import { startPresenceWatcher } from './presence-watcher.ts';
import { pulseMaker, startBeat } from './pulse.ts';
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
  const withdrawals = stack.use(startWithdrawals(common));
  const complaints = stack.use(startComplaints({ ...common, answerDays }));
  const ledger = stack.use(startLedgerKeeper(common));
  const onProjected = (projected: Parameters<typeof frames.note>[0]): void => {
    frames.note(projected);
    watcher.noteProjected(projected);
    withdrawals.noteProjected(projected);
    complaints.noteProjected(projected);
    ledger.noteProjected(projected);
  };
  stack.use(startProjector(store, liveProjections, { onError, onProjected }));
  snapshotRoute(app, { store, now, demo: deps.demo, pulse });
  const parts = stack.move();
  return {
    readHealth: () => truth.readHealth().filter(({ name }) => name === 'projector'),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
};
