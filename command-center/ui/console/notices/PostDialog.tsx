import {
  noticeLevels,
  noticeLimits,
  type NoticeLevel,
  type NoticePlan,
} from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { Input, Modal, Segmented } from 'antd';
import { useId, useState, type ReactElement } from 'react';
import { RegionSelect } from '../access/RegionSelect.tsx';
import { useCommand } from '../api/use-command.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { useNoticePlan } from './use-notices.ts';

interface Props {
  readonly region: string;
  readonly onClose: () => void;
  readonly onPosted: (region: string, noticeId: string) => void;
}

/** 发布通知: where, what, by when; and, before anybody gets it, how many villages will. */
export function PostDialog({ region, onClose, onPosted }: Props): ReactElement {
  const { t } = useWords();
  return (
    <Modal open onCancel={onClose} footer={null} title={t('notices.post')} width={680}>
      <PostForm region={region} onPosted={onPosted} />
    </Modal>
  );
}

/** Hours from the moment it is sent. */
const within = ['none', '6', '24', '72', '168'] as const;
type Within = (typeof within)[number];

function PostForm({ region, onPosted }: Omit<Props, 'onClose'>): ReactElement {
  const { t } = useWords();
  const [scope, setScope] = useState(region);
  const [level, setLevel] = useState<NoticeLevel>('plain');
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [hours, setHours] = useState<Within>('none');
  const [noticeId] = useState(() => crypto.randomUUID());
  const plan = useNoticePlan(scope);
  const post = useCommand<object>([['notices']]);
  const missing = whyNot(plan.data, title, text);

  async function send(): Promise<void> {
    const mustReadBy = hours === 'none' ? null : instantIn(Number(hours));
    const body = { noticeId, region: scope, level, title, text, mustReadBy };
    const reply = await post.run({ method: 'POST', url: '/api/notices', body });
    if (reply !== null) onPosted(scope, noticeId);
  }

  return (
    <div className="check-form">
      <div>
        <span className="check-label">{t('checks.where')}</span>
        <RegionSelect value={scope} onChange={setScope} />
      </div>
      <Written title={title} text={text} onTitle={setTitle} onText={setText} />
      <div>
        <Segmented<NoticeLevel>
          value={level}
          onChange={setLevel}
          options={noticeLevels.map((value) => ({ value, label: t(`notices.level.${value}`) }))}
        />
        <p className="fine notice-hint">{t(`notices.levelHint.${level}`)}</p>
      </div>
      <div>
        <span className="check-label">{t('notices.readBy')}</span>
        <Segmented<Within>
          value={hours}
          onChange={setHours}
          options={within.map((value) => ({ value, label: t(`notices.within.${value}`) }))}
        />
      </div>
      {plan.data !== undefined && <PlanText plan={plan.data} />}
      <ProblemLine problem={plan.error ?? post.problem} />
      <div className="actions">
        <ActButton
          kind="main"
          reason={missing === null ? null : t(`notices.${missing}`)}
          isRunning={post.isRunning}
          onClick={() => void send()}
        >
          {t('notices.send', { count: plan.data?.villages ?? 0 })}
        </ActButton>
      </div>
    </div>
  );
}

function Written(props: {
  readonly title: string;
  readonly text: string;
  readonly onTitle: (title: string) => void;
  readonly onText: (text: string) => void;
}): ReactElement {
  const { t } = useWords();
  const id = useId();
  const { titleChars, textChars } = noticeLimits;
  return (
    <>
      <div>
        <label className="check-label" htmlFor={`${id}-title`}>
          {t('notices.heading', { count: titleChars })}
        </label>
        <Input
          id={`${id}-title`}
          maxLength={titleChars}
          value={props.title}
          onChange={(event) => props.onTitle(event.target.value)}
        />
      </div>
      <div>
        <label className="check-label" htmlFor={`${id}-text`}>
          {t('notices.text', { count: textChars })}
        </label>
        <Input.TextArea
          id={`${id}-text`}
          rows={7}
          maxLength={textChars}
          showCount
          value={props.text}
          onChange={(event) => props.onText(event.target.value)}
        />
      </div>
    </>
  );
}

function PlanText({ plan }: { readonly plan: NoticePlan }): ReactElement {
  const { t } = useWords();
  return (
    <section className="check-plan" aria-live="polite">
      <p>
        <strong>{t('notices.plan', { count: plan.villages })}</strong>
      </p>
      {plan.notEquipped > 0 && (
        <p className="fine">{t('notices.notEquipped', { count: plan.notEquipped })}</p>
      )}
    </section>
  );
}

function whyNot(plan: NoticePlan | undefined, title: string, text: string) {
  if (plan === undefined) return 'counting';
  if (plan.villages === 0) return 'nobody';
  return title.trim() === '' || text.trim() === '' ? 'writeFirst' : null;
}

/** By the clock of this browser; the server says no where that lies behind. */
function instantIn(hours: number): string {
  return Temporal.Now.instant().add({ hours }).toString({ fractionalSecondDigits: 3 });
}
