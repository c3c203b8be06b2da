import { answerClock, type ComplaintStanding } from '@sightline/contracts';
import { useNow, useWords } from '@sightline/look';
import type { ReactElement } from 'react';

interface Props {
  readonly state: ComplaintStanding['state'];
  /** Null = answered. */
  readonly dueAt: string | null;
}

/** 正在处理 · 还有 3 天; ▲ 已超 2 天. */
export function StateWord({ state, dueAt }: Props): ReactElement {
  const { t } = useWords();
  const now = useNow(60_000);
  const clock = dueAt === null ? null : answerClock(Temporal.Instant.from(dueAt), now);
  return (
    <span className="village-cell">
      <span>{t(`complaint.state.${state}`)}</span>
      {clock !== null && (
        <span className={clock.kind === 'over' ? 'warn' : 'quiet'}>
          {clock.kind === 'over' && <span aria-hidden="true">▲ </span>}
          {t(`complaint.clock.${clock.kind}`, { count: clock.days })}
        </span>
      )}
    </span>
  );
}
