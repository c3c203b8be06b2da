import { formatTime, useWords } from '@sightline/look';
import { StillOf, type MeetingStill } from '@sightline/media-client';
import type { ReactElement } from 'react';
import { useLinkView } from '../link/use-kiosk.ts';

/** A still, and when it came by the clock of the centre. */
export function StillWithTime({
  still,
  label,
  isLarge,
}: {
  readonly still: MeetingStill;
  readonly label: string;
  /** A small place has room for the time alone. */
  readonly isLarge: boolean;
}): ReactElement {
  const { t } = useWords();
  const { clockOffsetMs } = useLinkView();
  const atMs = Math.round(still.at + clockOffsetMs);
  const time = formatTime(Temporal.Instant.fromEpochMilliseconds(atMs), 'second');
  return (
    <>
      <StillOf still={still} label={label} />
      <span className="picture-still">{isLarge ? t('meeting.stillAt', { time }) : time}</span>
    </>
  );
}
