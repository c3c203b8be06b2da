import type { ReactElement, ReactNode } from 'react';

interface Props {
  readonly label: ReactNode;
  /** What is counted; null shows a dash: we do not know. */
  readonly value: number | string | null;
  /** The whole it is a part of, as said beside it: "/ 671 村". */
  readonly of?: ReactNode;
}

/** One figure that can be read from across the room. */
export function BigFigure({ label, value, of }: Props): ReactElement {
  return (
    <div className="look-figure">
      <div className="look-figure-label">{label}</div>
      <div className="look-figure-value">
        {value ?? '–'}
        {of !== undefined && <span className="look-figure-of">{of}</span>}
      </div>
    </div>
  );
}
