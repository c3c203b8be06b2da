import { lazy, Suspense, type ReactElement } from 'react';
import { ProvePage } from './ProvePage.tsx';
import './second-factor.css';

/** Drawing QR codes comes only to those who set up. */
const SetUpPage = lazy(() =>
  import('./SetUpPage.tsx').then((page) => ({ default: page.SetUpPage })),
);

interface Props {
  readonly stands: 'to-set-up' | 'to-prove';
}

/** What stands between the password and the console. */
export function SecondFactorPage({ stands }: Props): ReactElement {
  if (stands === 'to-prove') return <ProvePage />;
  return (
    <Suspense fallback={null}>
      <SetUpPage />
    </Suspense>
  );
}
