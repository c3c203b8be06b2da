import type { DutyName } from '@sightline/contracts';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** 2026-11-27 白班 值班 */
export function DutyWord({
  duty,
}: {
  readonly duty: Pick<DutyName, 'day' | 'span' | 'post'>;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <span className="quiet">
      {duty.day} {t(`reminders.span.${duty.span}`)} {t(`reminders.post.${duty.post}`)}
    </span>
  );
}
