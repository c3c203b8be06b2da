import type { VillageStatus } from '@sightline/contracts';
import type { ReactElement } from 'react';

export type DotStatus = VillageStatus | 'alarm-1' | 'alarm-2' | 'alarm-3' | 'alarm-4' | 'nobody';

interface Props {
  readonly status: DotStatus;
  /** Said by screen readers; leave out where the word stands beside the dot. */
  readonly label?: string;
}

/**
 * A status as a shape and a colour, never by colour alone: ● reachable and watched, ◎ reachable with
 * nobody on duty, ◐ weak, ○ disconnected, dashed unknown, hexagon not equipped, ▲ alarm.
 */
export function StatusDot({ status, label }: Props): ReactElement {
  const spoken =
    label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg className={`look-dot look-dot-${status}`} viewBox="0 0 20 20" {...spoken}>
      {shapeOf(status)}
    </svg>
  );
}

function shapeOf(status: DotStatus): ReactElement {
  switch (status) {
    case 'online':
      return <circle cx="10" cy="10" r="8.5" fill="currentColor" />;
    case 'nobody':
      return (
        <>
          <circle cx="10" cy="10" r="7.5" fill="currentColor" fillOpacity="0.25" />
          <circle cx="10" cy="10" r="7.5" {...stroke} />
        </>
      );
    case 'stale':
      return (
        <>
          <path d="M10 1.5a8.5 8.5 0 0 0 0 17z" fill="currentColor" />
          <circle cx="10" cy="10" r="7.75" {...stroke} strokeWidth="1.5" />
        </>
      );
    case 'offline':
      return <circle cx="10" cy="10" r="7.5" {...stroke} />;
    case 'unknown':
      return <circle cx="10" cy="10" r="7.5" {...stroke} strokeDasharray="3.2 2.7" />;
    case 'not-equipped':
      return <path d="M10 2l7 4v8l-7 4-7-4V6z" {...stroke} strokeWidth="1.5" />;
    default:
      return <path d="M10 2.2l8.6 15.2H1.4z" fill="currentColor" />;
  }
}

const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 2 } as const;
