import type { CoursePlan } from '@sightline/contracts';
import { dateAt, useWords } from '@sightline/look';
import { Modal, Segmented } from 'antd';
import { useState, type ReactElement } from 'react';
import { RegionSelect } from '../access/RegionSelect.tsx';
import { useCommand } from '../api/use-command.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { coursesKey, useCoursePlan } from './use-courses.ts';

interface Props {
  readonly courseId: string;
  readonly region: string;
  readonly onClose: () => void;
}

/** Days from today. */
const within = ['none', '7', '30', '90'] as const;
type Within = (typeof within)[number];

/** 布置课程: where and until when; before anybody gets it, how many villages will. */
export function AssignDialog({ courseId, region, onClose }: Props): ReactElement {
  const { t } = useWords();
  const [scope, setScope] = useState(region);
  const [days, setDays] = useState<Within>('30');
  const plan = useCoursePlan(scope);
  const assign = useCommand<object>([coursesKey]);
  const missing = whyNot(plan.data);

  async function send(): Promise<void> {
    const due = days === 'none' ? null : dayIn(Number(days));
    const url = `/api/courses/${courseId}/assign`;
    const reply = await assign.run({ method: 'POST', url, body: { region: scope, due } });
    if (reply !== null) onClose();
  }

  return (
    <Modal open onCancel={onClose} footer={null} title={t('courses.assign')} width={680}>
      <div className="check-form">
        <div>
          <span className="check-label">{t('checks.where')}</span>
          <RegionSelect value={scope} onChange={setScope} />
        </div>
        <div>
          <span className="check-label">{t('courses.until')}</span>
          <Segmented<Within>
            value={days}
            onChange={setDays}
            options={within.map((value) => ({ value, label: t(`courses.within.${value}`) }))}
          />
        </div>
        {plan.data !== undefined && (
          <section className="check-plan" aria-live="polite">
            <p>
              <strong>{t('courses.plan', { count: plan.data.villages })}</strong>
            </p>
            {plan.data.notEquipped > 0 && (
              <p className="fine">{t('courses.notEquipped', { count: plan.data.notEquipped })}</p>
            )}
          </section>
        )}
        <ProblemLine problem={plan.error ?? assign.problem} />
        <div className="actions">
          <ActButton
            kind="main"
            reason={missing === null ? null : t(`courses.${missing}`)}
            isRunning={assign.isRunning}
            onClick={() => void send()}
          >
            {plan.data?.villages === 0
              ? t('courses.sendLater')
              : t('courses.send', { count: plan.data?.villages ?? 0 })}
          </ActButton>
        </div>
      </div>
    </Modal>
  );
}

function whyNot(plan: CoursePlan | undefined) {
  if (plan === undefined) return 'counting';
  return plan.villages + plan.notEquipped === 0 ? 'nobody' : null;
}

/** By the clock of this browser; the server says no where that lies behind. */
function dayIn(days: number): string {
  return dateAt(Temporal.Now.instant()).add({ days }).toString();
}
