import type { ReactElement, ReactNode } from 'react';

interface Props {
  readonly tone: 'info' | 'warning' | 'fault';
  /** What is so, in one line. */
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  /** What to do about it: a fault without a remedy leaves people standing there. */
  readonly remedy?: ReactNode;
  readonly action?: ReactNode;
}

const dots = { info: '●', warning: '◐', fault: '▲' } as const;

/** Something a person should know, with what to do. A fault is announced at once. */
export function Notice({ tone, title, detail, remedy, action }: Props): ReactElement {
  return (
    <section
      className={`look-notice look-notice-${tone}`}
      role={tone === 'fault' ? 'alert' : 'status'}
    >
      <span className="look-notice-sign" aria-hidden="true">
        {dots[tone]}
      </span>
      <div className="look-notice-text">
        <strong>{title}</strong>
        {detail !== undefined && <p>{detail}</p>}
        {remedy !== undefined && <p className="look-notice-remedy">{remedy}</p>}
      </div>
      {action}
    </section>
  );
}
