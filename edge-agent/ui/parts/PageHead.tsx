import type { ReactElement, ReactNode } from 'react';
import { useWords } from '@sightline/look';
import { Icon } from './Icon.tsx';

interface Props {
  readonly children: ReactNode;
  readonly hint?: ReactNode;
  readonly onBack: () => void;
}

/** The way back and what this page asks. */
export function PageHead({ children, hint, onBack }: Props): ReactElement {
  const { t } = useWords();
  return (
    <div className="page-head">
      <button type="button" className="back" onClick={onBack} aria-label={t('button.back')}>
        <Icon name="back" />
      </button>
      <div className="page-title">
        <h2>{children}</h2>
        {hint !== undefined && <p>{hint}</p>}
      </div>
    </div>
  );
}
