import type { MeetingView } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useId, type ReactElement, type ReactNode } from 'react';
import { ActButton } from '../parts/ActButton.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { MeetingHead } from '../meetings/MeetingHead.tsx';
import { LineList } from '../meeting-room/LineList.tsx';
import { useRoom } from '../meetings/use-room.ts';
import { Attendance } from './Attendance.tsx';
import { KeepingSection } from './KeepingSection.tsx';
import { RecordingSection } from './RecordingSection.tsx';
import { Rounds } from './Rounds.tsx';

interface Props {
  readonly view: MeetingView;
  readonly scope: string;
  readonly onClose: () => void;
}

/** 会后: who was there and how long, who answered, what was written and recorded. */
export function ResultPage({ view, scope, onClose }: Props): ReactElement {
  const { t } = useWords();
  const room = useRoom({ view, scope, heard: null });
  useKeys({ Escape: onClose });
  return (
    <article className="meeting-result">
      <MeetingHead
        view={view}
        onClose={onClose}
        acts={
          <>
            <ExportButton
              list={`meetings/${view.meetingId}/attendance`}
              query={`region=${scope}&purpose=duty-watch`}
              isPersonal
            />
            <ActButton reason={null} onClick={() => print()}>
              {t('checks.print')}
            </ActButton>
          </>
        }
      />
      <Part title={t('room.attendance.title')}>
        <Attendance room={room} />
      </Part>
      <Part title={t('room.tab.rollCall')}>
        <Rounds room={room} />
      </Part>
      <Part title={t('room.linesTitle')}>
        <LineList lines={view.lines} seats={room.seats} />
      </Part>
      <Part title={t('room.recordingTitle')} isForScreen>
        <RecordingSection room={room} />
      </Part>
      <Part title={t('room.keeping.title')} isForScreen>
        <KeepingSection room={room} />
      </Part>
    </article>
  );
}

function Part({
  title,
  isForScreen = false,
  children,
}: {
  readonly title: string;
  /** Not on paper. */
  readonly isForScreen?: boolean;
  readonly children: ReactNode;
}): ReactElement {
  const id = useId();
  return (
    <section className={isForScreen ? 'section no-print' : 'section'} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
