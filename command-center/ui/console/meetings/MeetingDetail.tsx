import { useWords } from '@sightline/look';
import { lazy, Suspense, type ReactElement } from 'react';
import { placeName, useRegions } from '../api/use-regions.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { PlannedPage } from './PlannedPage.tsx';
import { useMeeting } from './use-meetings.ts';

/** The media client comes with the room alone. */
const RoomPage = lazy(() =>
  import('../meeting-room/RoomPage.tsx').then((page) => ({ default: page.RoomPage })),
);
const ResultPage = lazy(() =>
  import('../meeting-result/ResultPage.tsx').then((page) => ({ default: page.ResultPage })),
);

interface Props {
  readonly meetingId: string;
  readonly scope: string;
  readonly onClose: () => void;
}

/** One meeting: planned, open, or over. */
export function MeetingDetail({ meetingId, scope, onClose }: Props): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const { data: view, error } = useMeeting(meetingId, scope);
  if (view === undefined) {
    return (
      <main className="meeting-page">
        <button type="button" className="check-back" onClick={onClose}>
          ‹ {t('meetings.toAll')}
        </button>
        <PageHead title={placeName(regions, scope)} of={t('meetings.title')} />
        <ProblemLine problem={error} />
      </main>
    );
  }
  const Page = { planned: PlannedPage, open: RoomPage, over: ResultPage }[view.phase];
  return (
    <main className="meeting-page">
      <ProblemLine problem={error} />
      <Suspense fallback={<p className="console-loading">{t('loading')}</p>}>
        <Page view={view} scope={scope} onClose={onClose} />
      </Suspense>
    </main>
  );
}
