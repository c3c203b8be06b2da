import { meetingLimits, type MeetingKind, type MeetingPlan } from '@sightline/contracts';
import { useNow, useWords } from '@sightline/look';
import { Checkbox, Input, Modal, Segmented } from 'antd';
import { useId, useState, type ReactElement } from 'react';
import { RegionsSelect } from '../access/RegionsSelect.tsx';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { useSpellLength } from '../spot-checks/spell-length.ts';
import { commonRegion } from './common-region.ts';
import { MediaNotice } from './MediaNotice.tsx';
import { nextHalfHour, startInstant } from './start-time.ts';
import { useCall } from './use-call.ts';
import { useMeetingPlan } from './use-meetings.ts';

interface Props {
  readonly region: string;
  readonly onClose: () => void;
  readonly onCalled: (region: string, meetingId: string) => void;
}

/** 一键邀请: who, why, when; and, before anybody is rung, whom it reaches. */
export function CallDialog({ region, onClose, onCalled }: Props): ReactElement {
  const { t } = useWords();
  return (
    <Modal open onCancel={onClose} footer={null} title={t('meetings.call.title')} width={680}>
      <CallForm region={region} onCalled={onCalled} />
    </Modal>
  );
}

const kinds = ['meeting', 'training', 'incident'] as const satisfies readonly MeetingKind[];
const rings = [60, 120, 300] as const;
const inviteMost = 50;
type Start = { readonly day: string; readonly time: string } | null;

function CallForm({ region, onCalled }: Omit<Props, 'onClose'>): ReactElement {
  const { t } = useWords();
  const spell = useSpellLength();
  const [kind, setKind] = useState<(typeof kinds)[number]>('meeting');
  const [title, setTitle] = useState('');
  const [invite, setInvite] = useState<readonly string[]>([region]);
  const [isWithUpper, setWithUpper] = useState(false);
  const [start, setStart] = useState<Start>(null);
  const [ringSeconds, setRingSeconds] = useState<number>(120);
  const [isRemoteOpening, setRemoteOpening] = useState(false);
  const [meetingId] = useState(() => crypto.randomUUID());
  const own = commonRegion(invite);
  const plan = useMeetingPlan(own, invite, isWithUpper);
  const call = useCall();
  const missing = useMissing({ plan: plan.data, title, invite, start });

  async function send(): Promise<void> {
    const startsAt = start === null ? null : startInstant(start.day, start.time);
    const isCalled = await call.run({
      meetingId,
      kind,
      title: title.trim(),
      region: own,
      invite: [...invite],
      withUpperVenues: isWithUpper,
      startsAt: startsAt?.toString({ fractionalSecondDigits: 3 }) ?? null,
      ringSeconds,
      isRemoteOpening,
    });
    if (isCalled) onCalled(own, meetingId);
  }

  return (
    <div className="check-form">
      <Subject kind={kind} onKind={setKind} title={title} onTitle={setTitle} />
      <div>
        <span className="check-label">{t('meetings.call.whom')}</span>
        <RegionsSelect value={invite} onChange={setInvite} most={inviteMost} />
        <Checkbox checked={isWithUpper} onChange={({ target }) => setWithUpper(target.checked)}>
          {t('meetings.call.withUpper')}
        </Checkbox>
      </div>
      <StartField start={start} onStart={setStart} />
      <div>
        <span className="check-label">{t('meetings.call.ring')}</span>
        <Segmented<number>
          value={ringSeconds}
          onChange={setRingSeconds}
          options={rings.map((value) => ({ value, label: spell(value * 1000) }))}
        />
      </div>
      <div>
        <Checkbox
          checked={isRemoteOpening}
          onChange={({ target }) => setRemoteOpening(target.checked)}
        >
          {t('meetings.call.remote')}
        </Checkbox>
        <p className="fine">{t('meetings.call.remoteWhat')}</p>
      </div>
      {plan.data !== undefined && invite.length > 0 && (
        <PlanText plan={plan.data} isRemoteOpening={isRemoteOpening} />
      )}
      <ProblemLine problem={plan.error ?? call.problem} />
      <div className="actions">
        <ActButton
          kind="main"
          reason={missing === null ? null : t(`meetings.call.${missing}`)}
          isRunning={call.isRunning}
          onClick={() => void send()}
        >
          {t(start === null ? 'meetings.call.now' : 'meetings.call.later', {
            count: plan.data?.seats ?? 0,
          })}
        </ActButton>
      </div>
    </div>
  );
}

function Subject(props: {
  readonly kind: (typeof kinds)[number];
  readonly onKind: (kind: (typeof kinds)[number]) => void;
  readonly title: string;
  readonly onTitle: (title: string) => void;
}): ReactElement {
  const { t } = useWords();
  const id = useId();
  return (
    <>
      <div>
        <span className="check-label">{t('meetings.call.kind')}</span>
        <Segmented<(typeof kinds)[number]>
          value={props.kind}
          onChange={props.onKind}
          options={kinds.map((value) => ({ value, label: t(`meetings.kind.${value}`) }))}
        />
      </div>
      <div>
        <label className="check-label" htmlFor={id}>
          {t('meetings.call.subject', { count: meetingLimits.titleChars })}
        </label>
        <Input
          id={id}
          maxLength={meetingLimits.titleChars}
          value={props.title}
          onChange={({ target }) => props.onTitle(target.value)}
        />
      </div>
    </>
  );
}

function StartField(props: {
  readonly start: Start;
  readonly onStart: (start: Start) => void;
}): ReactElement {
  const { t } = useWords();
  const now = useNow(60_000);
  const { start, onStart } = props;
  return (
    <div>
      <span className="check-label">{t('meetings.call.when')}</span>
      <Segmented<'now' | 'later'>
        value={start === null ? 'now' : 'later'}
        onChange={(when) => onStart(when === 'now' ? null : nextHalfHour(now))}
        options={(['now', 'later'] as const).map((value) => ({
          value,
          label: t(`meetings.call.start.${value}`),
        }))}
      />
      {start !== null && (
        <div className="form-row call-start">
          <label className="day-field">
            <span>{t('meetings.call.day')}</span>
            <input
              type="date"
              value={start.day}
              onChange={({ target }) => onStart({ ...start, day: target.value })}
            />
          </label>
          <label className="day-field">
            <span>{t('meetings.call.time')}</span>
            <input
              type="time"
              value={start.time}
              onChange={({ target }) => onStart({ ...start, time: target.value })}
            />
          </label>
        </div>
      )}
    </div>
  );
}

function PlanText(props: {
  readonly plan: MeetingPlan;
  readonly isRemoteOpening: boolean;
}): ReactElement {
  const { t } = useWords();
  const { seats, notEquipped, autoAnswer, media } = props.plan;
  return (
    <section className="check-plan" aria-live="polite">
      <p>
        <strong>{t('meetings.call.reaches', { count: seats })}</strong>
      </p>
      {notEquipped > 0 && (
        <p className="fine">{t('meetings.call.notEquipped', { count: notEquipped })}</p>
      )}
      {props.isRemoteOpening && (
        <p className="fine">{t('meetings.call.autoAnswer', { count: autoAnswer })}</p>
      )}
      <MediaNotice media={media} />
    </section>
  );
}

/** Why the invitation cannot go out yet; null = it can. */
function useMissing(form: {
  readonly plan: MeetingPlan | undefined;
  readonly title: string;
  readonly invite: readonly string[];
  readonly start: Start;
}) {
  const now = useNow(60_000);
  const { plan, title, invite, start } = form;
  if (invite.length === 0) return 'whomFirst';
  if (title.trim() === '') return 'subjectFirst';
  if (start !== null) {
    const at = startInstant(start.day, start.time);
    if (at === null) return 'whenFirst';
    if (Temporal.Instant.compare(at, now) <= 0) return 'whenPast';
  }
  if (plan === undefined) return 'counting';
  return plan.seats === 0 ? 'nobody' : null;
}
