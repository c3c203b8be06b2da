import type { ReactElement, ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  /** The selected thing; null = nothing is selected. */
  readonly aside: ReactNode;
}

/** Work in the middle, the selected thing on the right: for pages that no region divides. */
export function BesidePlace({ children, aside }: Props): ReactElement {
  return (
    <div className={aside === null ? 'workplace is-treeless' : 'workplace is-treeless has-aside'}>
      <main className="workplace-middle">{children}</main>
      {aside !== null && <section className="workplace-aside">{aside}</section>}
    </div>
  );
}
