import type { DeliveryView, LadderStepView, LadderView } from '@sightline/contracts';
import { formatTime } from '@sightline/look';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useCommand } from '../api/use-command.ts';
import { useMay } from '../api/use-me.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { DutyWord } from './DutyWord.tsx';
import { laddersKey } from './use-ladders.ts';

interface Props {
  readonly ladder: LadderView;
  readonly scope: string;
}

/** One ladder: who is missed, who was told by which way, and whose turn it is next. */
export function LadderDetail({ ladder, scope }: Props): ReactElement {
  const { t } = useTranslation();
  const regions = useRegions();
  const [, goTo] = useLocation();
  const { region, cause, holder, fallback, steps, state, nextAt } = ladder;
  return (
    <article className="village ladder" aria-label={t('nav.reminders')}>
      <header className="village-head">
        <div>
          <p className="quiet">
            <DutyWord duty={ladder} />
          </p>
          <h2>
            <Link href={`/villages/${region}`}>{placeName(regions, region)}</Link>
          </h2>
          <p className="warn">
            ▲ {t(`reminders.causes.${cause}`)} · <When at={ladder.from} />
          </p>
        </div>
        <button
          type="button"
          className="close"
          aria-label={t('button.close')}
          onClick={() => goTo(`/reminders/${scope}`)}
        >
          ✕
        </button>
      </header>
      <dl className="evidence">
        <dt>{t('reminders.holder')}</dt>
        <dd>{holder?.name ?? t('reminders.nobody')}</dd>
        <dt>{t('reminders.rung.fallback')}</dt>
        <dd>{fallback?.name ?? t('reminders.noFallback')}</dd>
      </dl>
      <ol className="ladder-steps">
        {steps.map((step) => (
          <Step key={step.rung} step={step} ladder={ladder} />
        ))}
        <li className="quiet">
          {t(`reminders.state.${state}`)}
          {nextAt !== null && ` ${formatTime(Temporal.Instant.from(nextAt), 'minute')}`}
        </li>
      </ol>
    </article>
  );
}

function Step({
  step,
  ladder,
}: {
  readonly step: LadderStepView;
  readonly ladder: LadderView;
}): ReactElement {
  const { t } = useTranslation();
  const mayAcknowledge = useMay('change-roster');
  const acknowledge = useCommand([laddersKey, ['notifications']]);
  const { region, subject } = ladder;
  const { rung, at, asked, acknowledged, deliveries } = step;
  const body = { region, subject, rung };
  return (
    <li>
      <p>
        <strong>{t(`reminders.rung.${rung}`)}</strong> <When at={at} />
        <span className="quiet"> {t('reminders.asked', { count: asked })}</span>
      </p>
      {deliveries.length > 0 && (
        <ul className="deliveries">
          {deliveries.map((delivery, index) => (
            <Delivery key={`${delivery.channel} ${String(index)}`} delivery={delivery} />
          ))}
        </ul>
      )}
      <p className="actions">
        <span className={acknowledged > 0 ? 'good' : 'quiet'}>
          {acknowledged > 0
            ? `✓ ${t('reminders.acknowledged', { count: acknowledged })}`
            : t('reminders.notAcknowledged')}
        </span>
        <ActButton
          kind="text"
          reason={mayAcknowledge ? null : t('reason.role')}
          isRunning={acknowledge.isRunning}
          onClick={() =>
            void acknowledge.run({ method: 'POST', url: '/api/ladders/acknowledge', body })
          }
        >
          {t('reminders.acknowledge')}
        </ActButton>
      </p>
      <ProblemLine problem={acknowledge.problem} />
    </li>
  );
}

const marks = { sent: '✓', waiting: '…', failed: '▲', unreachable: '▲' } as const;

/** ✓ 电子邮件 · 已送出 08:15; ▲ 短信 · 未送达：没有登记联系方式 */
function Delivery({ delivery }: { readonly delivery: DeliveryView }): ReactElement {
  const { t } = useTranslation();
  const { channel, state, at, attempts, detail } = delivery;
  const isBad = state === 'failed' || state === 'unreachable';
  return (
    <li className={isBad ? 'warn' : 'quiet'}>
      {marks[state]} {t(`reminders.channel.${channel}`)} · {t(`reminders.delivery.${state}`)}{' '}
      <When at={at} />
      {detail !== null && ` · ${t(`reminders.detail.${detail}`, { defaultValue: detail })}`}
      {attempts > 1 && ` · ${t('reminders.attempts', { count: attempts })}`}
    </li>
  );
}
