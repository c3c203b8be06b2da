import type { CalendarDayView } from '@sightline/contracts';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** 休 国庆节; 班 国庆节 of a make-up workday; nothing on an ordinary day. */
export function DayKindWord({
  day: { kind, name },
}: {
  readonly day: CalendarDayView;
}): ReactElement | null {
  const { t } = useTranslation();
  if (name === null && kind !== 'holiday') return null;
  const isRest = kind !== 'workday';
  return (
    <span className={isRest ? 'day-kind is-holiday' : 'day-kind'}>
      <b>{t(isRest ? 'roster.rest' : 'roster.work')}</b> {/* As the calendar writes it. */}
      <span lang="zh">{name}</span>
    </span>
  );
}
