import { parentRegion, type MeetingView } from '@sightline/contracts';
import { formatSinceInstant, useNow, useWords } from '@sightline/look';
import type { ReactElement, ReactNode } from 'react';
import { placeName, useRegions } from '../api/use-regions.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { When } from '../parts/StatusWord.tsx';

interface Props {
  readonly view: MeetingView;
  readonly onClose: () => void;
  readonly acts: ReactNode;
}

/** What it is, who called it, how it stands; whether it is locked or recorded is said plainly. */
export function MeetingHead({ view, onClose, acts }: Props): ReactElement {
  const { t, language } = useWords();
  const regions = useRegions();
  const now = useNow();
  const { control, phase, startsAt, endedAt } = view;
  const from = Temporal.Instant.from(startsAt);
  const until = endedAt === null ? now : Temporal.Instant.from(endedAt);
  return (
    <div className="meeting-head">
      <button type="button" className="check-back" onClick={onClose}>
        ‹ {t('meetings.toAll')}
      </button>
      <PageHead
        title={view.title === '' ? t('meetings.titleErased') : view.title}
        of={placeName(regions, placeOf(view))}
        acts={acts}
      />
      <p className="page-lead meeting-lead">
        <span className={`meeting-phase meeting-phase-${phase}`}>
          {t(`meetings.phase.${phase}`)}
        </span>
        {control.isRecorded && (
          <span className="mark is-recorded">● {t('meetings.recording')}</span>
        )}
        {phase === 'open' && control.isLocked && (
          <span className="mark">{t('meetings.locked.all')}</span>
        )}
        <span className="quiet">
          {t(`meetings.kind.${view.kind}`)} · {t('meetings.chairedBy', { login: view.by })} ·{' '}
          <When at={startsAt} />
          {endedAt !== null && (
            <>
              {' – '}
              <When at={endedAt} />
            </>
          )}
          {phase !== 'planned' && ` · ${formatSinceInstant(from, until, language)}`}
        </span>
        <span data-meeting={`${view.seats}/${view.accepted}/${view.inRoom}`}>
          {t(phase === 'open' ? 'meetings.figures' : 'meetings.figuresOver', {
            seats: view.seats,
            accepted: view.accepted,
            inRoom: view.inRoom,
          })}
        </span>
      </p>
    </div>
  );
}

/** Where it is; the title of a call names the village already. */
function placeOf({ kind, region, title }: MeetingView): string {
  return kind === 'call' && title !== '' ? (parentRegion(region) ?? region) : region;
}
