import type { ReactElement } from 'react';
import type { DotStatus } from './StatusDot.tsx';

export interface DutyBarPart {
  readonly status: DotStatus;
  readonly count: number;
}

interface Props {
  /** In the order drawn; parts of 0 take no room. */
  readonly parts: readonly DutyBarPart[];
  /** The same in words, for those who do not see the bar. */
  readonly label: string;
}

/** How a number of villages is made up, as one thin bar. Empty when there are none. */
export function DutyBar({ parts, label }: Props): ReactElement {
  return (
    <div className="look-bar" role="img" aria-label={label}>
      {parts
        .filter((part) => part.count > 0)
        .map((part) => (
          <span
            key={part.status}
            className={`look-bar-part look-dot-${part.status}`}
            style={{ flexGrow: part.count }}
          />
        ))}
    </div>
  );
}
