import type { DutyPlace } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';

/** 11-22 全天 · 值班, the day in digits: the same in every language. */
export function DutyWords({ duty }: { readonly duty: DutyPlace }): ReactElement {
  const { t } = useWords();
  return (
    <b>
      {duty.day.slice(5)} {t(`ownDuties.span.${duty.span}`)} · {t(`ownDuties.post.${duty.post}`)}
    </b>
  );
}
