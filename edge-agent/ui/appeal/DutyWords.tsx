import type { OwnDuty } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';

/** 11 月 22 日 全天 · 值班, in digits: the same in every language. */
export function DutyWords({ duty }: { readonly duty: OwnDuty }): ReactElement {
  const { t } = useWords();
  return (
    <b>
      {duty.day.slice(5)} {t(`ownDuties.span.${duty.span}`)} · {t(`ownDuties.post.${duty.post}`)}
    </b>
  );
}
