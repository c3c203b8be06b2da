import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, the longest first: those that took more than half a minute on two busy cores. */
export const longTests: readonly string[] = [
  'command-center/src/server/console-layout.test.ts',
  'standalone/src/e2e/meeting-ladder.test.ts',
  'edge-agent/src/kiosk/kiosk-fit.test.ts',
  'standalone/src/e2e/presence.test.ts',
  'standalone/src/e2e/meeting-kiosk.test.ts',
  'standalone/src/e2e/meeting-network.test.ts',
  'standalone/src/e2e/meeting-relay-pages.test.ts',
  'standalone/src/e2e/storm.test.ts',
  'standalone/src/e2e/meeting-thin-relay.test.ts',
  'standalone/src/e2e/meeting-rollcall.test.ts',
  'command-center/src/server/meeting-chair-page.test.ts',
  'standalone/src/e2e/real-face.test.ts',
  'edge-agent/src/face/attacks.test.ts',
  'standalone/src/demo/demo-register.test.ts',
  'standalone/src/e2e/face-in-room.test.ts',
  'standalone/src/e2e/care.test.ts',
  'edge-agent/src/kiosk/spot-check-page.test.ts',
  'standalone/src/e2e/kill-postgres.test.ts',
  'command-center/src/live/screen-fit.test.ts',
  'standalone/src/e2e/meeting-media.test.ts',
  'standalone/src/e2e/spot-check.test.ts',
  'standalone/src/e2e/constellation.test.ts',
  'command-center/src/server/import.test.ts',
  'edge-agent/src/kiosk/page-journey.test.ts',
  'edge-agent/src/kiosk/complain-page.test.ts',
  'command-center/src/server/complaint-page.test.ts',
  'store/src/roster/roster.sql.test.ts',
  'standalone/src/e2e/recording.test.ts',
  'command-center/src/server/absence-page.test.ts',
  'media/server/src/recorder/film.test.ts',
  'command-center/src/server/import-load.test.ts',
  'edge-agent/src/kiosk/meeting-page.test.ts',
  'store/src/ledger/ledger.sql.test.ts',
  'standalone/src/e2e/hand-over.test.ts',
  'command-center/src/server/meeting-page.test.ts',
  'command-center/src/server/console-imports.test.ts',
  'standalone/src/e2e/kill-agent.test.ts',
  'edge-agent/src/kiosk/face-journey.test.ts',
  'standalone/src/e2e/course.test.ts',
  'command-center/src/live/screen.test.ts',
  'standalone/src/e2e/compose.test.ts',
  'command-center/src/server/console-journeys.test.ts',
  'edge-agent/src/kiosk/hand-over-page.test.ts',
  'media/server/src/recorder/recorder.test.ts',
  'command-center/src/live/screen-memory.test.ts',
  'standalone/src/e2e/course-journey.test.ts',
  'standalone/src/e2e/kill-broker.test.ts',
];

/** Starts the longest files first, so that no worker is left with one of them at the end of a run. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification): number => {
      const rank = longTests.findIndex((file) => moduleId.endsWith(`/${file}`));
      return rank === -1 ? longTests.length : rank;
    };
    // Those of no rank keep the order they come in.
    return (await super.sort(files)).toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
