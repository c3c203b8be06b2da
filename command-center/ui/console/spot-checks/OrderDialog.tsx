import {
  spotCheckLimits,
  spotCheckReasons,
  spotCheckSeconds,
  type SpotCheckPlan,
  type SpotCheckReason,
} from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { Input, Modal, Segmented } from 'antd';
import { useId, useState, type ReactElement } from 'react';
import { RegionSelect } from '../access/RegionSelect.tsx';
import { useCommand } from '../api/use-command.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { useSpellLength } from './spell-length.ts';
import { usePlan } from './use-checks.ts';

interface Props {
  readonly region: string;
  readonly onClose: () => void;
  readonly onOrdered: (region: string, checkId: string) => void;
}

/** 下达抽查: where, why, how long; and, before anybody is rung, who will ring and who will not. */
export function OrderDialog({ region, onClose, onOrdered }: Props): ReactElement {
  const { t } = useWords();
  return (
    <Modal open onCancel={onClose} footer={null} title={t('checks.order')} width={640}>
      <OrderForm region={region} onOrdered={onOrdered} />
    </Modal>
  );
}

function OrderForm({ region, onOrdered }: Omit<Props, 'onClose'>): ReactElement {
  const { t } = useWords();
  const id = useId();
  const spell = useSpellLength();
  const [scope, setScope] = useState(region);
  const [reason, setReason] = useState<SpotCheckReason | null>(null);
  const [note, setNote] = useState('');
  const [seconds, setSeconds] = useState<number>(300);
  const [checkId] = useState(() => crypto.randomUUID());
  const plan = usePlan(scope);
  const order = useCommand<object>([['spot-checks']]);
  const missing = whyNot(plan.data, reason);

  async function send(): Promise<void> {
    const body = { checkId, region: scope, reason, note, seconds };
    const reply = await order.run({ method: 'POST', url: '/api/spot-checks', body });
    if (reply !== null) onOrdered(scope, checkId);
  }

  return (
    <div className="check-form">
      <div>
        <span className="check-label">{t('checks.where')}</span>
        <RegionSelect value={scope} onChange={setScope} />
      </div>
      <div role="group" aria-label={t('checks.why')}>
        <span className="check-label">{t('checks.why')}</span>
        <div className="filter check-reasons">
          {spotCheckReasons.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={reason === each}
              onClick={() => setReason(each)}
            >
              {t(`checks.reason.${each}`)}
            </button>
          ))}
        </div>
      </div>
      <div>
        <label className="check-label" htmlFor={id}>
          {t('checks.note')}
        </label>
        <Input
          id={id}
          maxLength={spotCheckLimits.noteChars}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <div>
        <span className="check-label">{t('checks.length')}</span>
        <Segmented<number>
          value={seconds}
          onChange={setSeconds}
          options={spotCheckSeconds.map((value) => ({ value, label: spell(value * 1000) }))}
        />
      </div>
      {plan.data !== undefined && <PlanText plan={plan.data} />}
      <ProblemLine problem={plan.error ?? order.problem} />
      <div className="actions">
        <ActButton
          kind="main"
          reason={missing === null ? null : t(`checks.${missing}`)}
          isRunning={order.isRunning}
          onClick={() => void send()}
        >
          {t('checks.ring', { count: plan.data?.rings ?? 0 })}
        </ActButton>
      </div>
    </div>
  );
}

function whyNot(plan: SpotCheckPlan | undefined, reason: SpotCheckReason | null) {
  if (plan === undefined) return 'counting';
  if (plan.rings === 0) return 'nobodyRings';
  if (plan.ordersLeft === 0) return 'noOrdersLeft';
  return reason === null ? 'chooseReason' : null;
}

const namedMost = 6;

function PlanText({ plan }: { readonly plan: SpotCheckPlan }): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  return (
    <section className="check-plan" aria-live="polite">
      <p>
        <strong>{t('checks.planRings', { count: plan.rings })}</strong>
        <span className="quiet"> {t('checks.ordersLeft', { count: plan.ordersLeft })}</span>
      </p>
      {(['quota-used', 'not-equipped'] as const).map((why) => {
        const out = plan.leftOut.filter((village) => village.why === why);
        if (out.length === 0) return null;
        const names = out.slice(0, namedMost).map((one) => placeName(regions, one.region));
        return (
          <p key={why} className="fine">
            {t(`checks.leftOut.${why}`, { count: out.length, limit: plan.perVillageAndDay })}
            {why === 'quota-used' && `：${names.join('、')}${out.length > namedMost ? '…' : ''}`}
          </p>
        );
      })}
    </section>
  );
}
