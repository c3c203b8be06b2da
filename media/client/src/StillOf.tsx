import type { ReactElement } from 'react';
import type { MeetingStill } from '#meeting-client.ts';

interface Props {
  readonly still: MeetingStill;
  readonly className?: string | undefined;
  readonly label: string;
}

/** The newest still; the page says its time beside it. */
export function StillOf({ still, className, label }: Props): ReactElement {
  return <img src={still.url} className={className} alt={label} />;
}
