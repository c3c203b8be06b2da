import { dateAt, formatDate, SafetyText, useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { useMe } from '../api/use-me.ts';

interface Props {
  readonly codes: readonly string[];
  readonly onKept: () => void;
}

/** 备用码, shown once: to be printed or written down. On paper they stand alone. */
export function RecoveryCodes({ codes, onKept }: Props): ReactElement {
  const { t, language } = useWords();
  const login = useMe().login ?? '';
  const [made] = useState(() => dateAt(Temporal.Now.instant()));
  return (
    <div className="recovery">
      <p>
        <SafetyText namespace="page" textKey="secondFactor.codes.lead" />
      </p>
      <p className="recovery-of">
        Sightline · {t('secondFactor.codes.of', { login, at: formatDate(made, language) })}
      </p>
      <ol className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="factor-acts">
        <button type="button" className="main-button" onClick={onKept}>
          {t('secondFactor.codes.done')}
        </button>
        <button type="button" className="plain-button" onClick={() => globalThis.print()}>
          {t('secondFactor.codes.print')}
        </button>
      </div>
    </div>
  );
}
