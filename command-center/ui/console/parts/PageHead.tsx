import type { ReactElement, ReactNode } from 'react';

interface Props {
  readonly title: ReactNode;
  /** What of it is listed, quieter. */
  readonly of?: ReactNode;
  readonly acts?: ReactNode;
}

/** A page's name, and what can be done with the whole of it. */
export function PageHead({ title, of, acts }: Props): ReactElement {
  return (
    <header className="page-head">
      <h1 className="page-title">
        {title}
        {of !== undefined && <span className="quiet"> {of}</span>}
      </h1>
      {acts !== undefined && <div className="actions">{acts}</div>}
    </header>
  );
}
