import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/call.ts';

/** Why something was not done, in the page's language; the server's own sentence where we have none. */
export function ProblemLine({ problem }: { readonly problem: Error | null }): ReactElement | null {
  const { t } = useTranslation();
  if (problem === null) return null;
  const code = problem instanceof Problem ? problem.code : 'fault';
  return (
    <p className="problem" role="alert">
      ▲ {t(`problem.${code}`, { defaultValue: problem.message })}
    </p>
  );
}
