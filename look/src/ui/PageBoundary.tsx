import { useEffect, type ReactElement, type ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { Notice } from './Notice.tsx';
import { useWords } from './use-words.ts';

/** Before a page that nobody attends loads itself anew; milliseconds. */
const reloadMs = 10_000;

interface Props {
  /** Another one is another page: it is tried. */
  readonly pageKey: string;
  /** A wall or a kiosk: nobody may be there to touch it, so it loads itself anew. */
  readonly isUnattended: boolean;
  readonly children: ReactNode;
}

/**
 * Holds a page that could not be fetched or drawn (a cut link, a server renewed meanwhile, a word it
 * does not know): never an empty screen, what stands around it stays, and it says what to do.
 */
export function PageBoundary({ pageKey, isUnattended, children }: Props): ReactElement {
  return (
    <ErrorBoundary
      resetKeys={[pageKey]}
      fallbackRender={() => <BrokenPage isUnattended={isUnattended} />}
    >
      {children}
    </ErrorBoundary>
  );
}

function BrokenPage({ isUnattended }: Pick<Props, 'isUnattended'>): ReactElement {
  const { t } = useWords();
  useEffect(() => {
    if (!isUnattended) return undefined;
    const timer = setTimeout(() => location.reload(), reloadMs);
    return () => clearTimeout(timer);
  }, [isUnattended]);
  return (
    <main className="look-broken">
      <Notice
        tone="fault"
        title={t('broken.title')}
        detail={t('broken.why')}
        remedy={t(isUnattended ? 'broken.byItself' : 'broken.remedy', {
          seconds: reloadMs / 1000,
        })}
        action={
          <button type="button" onClick={() => location.reload()}>
            {t('broken.reload')}
          </button>
        }
      />
    </main>
  );
}
