import { useWords } from '@sightline/look';
import { StillOf, type MeetingStill } from '@sightline/media-client';
import type { ReactElement } from 'react';
import { useTimeOf } from './use-time-of.ts';

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
  const time = useTimeOf()(still.at);
  return (
    <>
      <StillOf still={still} label={label} />
      <span className="picture-still">{isLarge ? t('meeting.stillAt', { time }) : time}</span>
    </>
  );
}
