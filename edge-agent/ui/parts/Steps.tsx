import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';

interface Props {
  readonly done: number;
  readonly of: number;
  readonly labelKey: string;
  readonly values?: Readonly<Record<string, string>>;
}

/** How far it is: a row of rings that fill. */
export function Steps({ done, of, labelKey, values = {} }: Props): ReactElement {
  const { t } = useWords();
  return (
    <div
      className="progress"
      role="progressbar"
      aria-valuenow={done}
      aria-valuemin={0}
      aria-valuemax={of}
      aria-label={t(labelKey, values)}
    >
      {Array.from({ length: of }, (_, i) => (
        <span key={i} className={i < done ? 'progress-full' : ''} />
      ))}
    </div>
  );
}
