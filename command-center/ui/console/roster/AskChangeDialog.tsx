import type { DutyView, ShiftChangeKind, VillageRosterView } from '@sightline/contracts';
import { Checkbox, Modal, Radio } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { DutyWord } from '../reminders/DutyWord.tsx';
import { PersonSelect } from './PersonSelect.tsx';
import { useRosterCommand } from './use-roster.ts';

interface Props {
  readonly duty: DutyView;
  readonly roster: VillageRosterView;
  readonly now: Temporal.Instant;
}

/** 换班, 请假 of a duty to come; 顶班 of the one that runs. */
export function AskChangeButton(props: Props): ReactElement {
  const { t } = useTranslation();
  const may = useMay('change-roster');
  const [isOpen, setOpen] = useState(false);
  const isRunning = hasBegun(props.duty, props.now);
  const title = t(isRunning ? 'roster.takeOver' : 'roster.ask');
  return (
    <>
      <ActButton
        kind={isRunning ? 'main' : 'plain'}
        reason={may ? null : t('reason.role')}
        onClick={() => setOpen(true)}
      >
        {title}
      </ActButton>
      <Modal
        open={isOpen}
        onCancel={() => setOpen(false)}
        footer={null}
        title={title}
        destroyOnHidden
      >
        <AskForm {...props} onDone={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function hasBegun({ from }: DutyView, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(Temporal.Instant.from(from), now) <= 0;
}

interface Asked {
  readonly kind: ShiftChangeKind;
  readonly otherId: string | null;
  /** `day span post` of the other's duty. */
  readonly otherDuty: string;
  readonly hasWord: boolean;
}

interface FormProps extends Props {
  readonly onDone: () => void;
}

function AskForm({ duty, roster, now, onDone }: FormProps): ReactElement {
  const { t } = useTranslation();
  const isRunning = hasBegun(duty, now);
  const [asked, setAsked] = useState<Asked>({
    kind: isRunning ? 'take-over' : 'swap',
    otherId: null,
    otherDuty: '',
    hasWord: false,
  });
  const send = useRosterCommand<{ readonly state: string }>();
  const set = (part: Partial<Asked>) => setAsked({ ...asked, ...part });
  const { kind, otherId } = asked;
  const nameOf = (id: string) => roster.people.find(({ personId }) => personId === id)?.name ?? '';
  const others = dutiesOfOther(roster, otherId, now);
  const otherDuty = others.find((each) => placeKey(each) === asked.otherDuty);
  const reason = missing({ ...asked, otherDuty: otherDuty === undefined ? '' : asked.otherDuty });
  const submit = async () => {
    const ask = {
      kind,
      changeId: crypto.randomUUID(),
      personId: duty.personId,
      duty: placeOf(duty),
      otherId,
      ...(kind === 'swap' && otherDuty !== undefined ? { otherDuty: placeOf(otherDuty) } : {}),
    };
    const body = { region: roster.region, ask };
    const done = await send.run({ method: 'POST', url: '/api/shift-changes', body });
    if (done !== null) onDone();
  };
  const asker = kind === 'take-over' ? otherId : duty.personId;
  return (
    <div className="roster-form">
      <p>
        <DutyWord duty={duty} /> · <strong>{nameOf(duty.personId)}</strong>
      </p>
      {!isRunning && <KindChoice kind={kind} onKind={(each) => set({ kind: each })} />}
      <p className="quiet">{t(`roster.kindWhat.${kind}`)}</p>
      <PersonSelect
        people={roster.people}
        word={t('roster.other')}
        label={t('roster.other')}
        none={t('roster.choose')}
        value={otherId}
        without={duty.personId}
        onChange={(personId) => set({ otherId: personId, otherDuty: '' })}
      />
      {kind === 'swap' && otherId !== null && (
        <OtherDuty
          duties={others}
          value={asked.otherDuty}
          onChange={(key) => set({ otherDuty: key })}
        />
      )}
      {asker !== null && (
        <Checkbox
          checked={asked.hasWord}
          onChange={(event) => set({ hasWord: event.target.checked })}
        >
          {t('roster.hasWord', { name: nameOf(asker) })}
        </Checkbox>
      )}
      <div className="actions">
        <ActButton
          kind="main"
          reason={reason === null ? null : t(`roster.missing.${reason}`)}
          isRunning={send.isRunning}
          onClick={() => void submit()}
        >
          {t(kind === 'take-over' ? 'roster.takeOver' : 'roster.submit')}
        </ActButton>
      </div>
      <ProblemLine problem={send.problem} />
    </div>
  );
}

/** What is not said yet; null = it can be sent. */
function missing({
  kind,
  otherId,
  otherDuty,
  hasWord,
}: Asked): 'other' | 'otherDuty' | 'word' | null {
  if (otherId === null) return 'other';
  if (kind === 'swap' && otherDuty === '') return 'otherDuty';
  return hasWord ? null : 'word';
}

function KindChoice({
  kind,
  onKind,
}: {
  readonly kind: ShiftChangeKind;
  readonly onKind: (kind: 'swap' | 'leave') => void;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <Radio.Group
      value={kind}
      aria-label={t('roster.ask')}
      onChange={({ target }) => onKind(target.value === 'swap' ? 'swap' : 'leave')}
      options={(['swap', 'leave'] as const).map((value) => ({
        value,
        label: t(`roster.kind.${value}`),
      }))}
    />
  );
}

interface OtherProps {
  readonly duties: readonly DutyView[];
  readonly value: string;
  readonly onChange: (key: string) => void;
}

/** Which duty is given in return. */
function OtherDuty({ duties, value, onChange }: OtherProps): ReactElement {
  const { t } = useTranslation();
  if (duties.length === 0) return <p className="quiet">{t('roster.noOtherDuty')}</p>;
  return (
    <label className="person-select">
      <span className="quiet">{t('roster.otherDuty')}</span>
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{t('roster.choose')}</option>
        {duties.map((duty) => (
          <option key={placeKey(duty)} value={placeKey(duty)}>
            {`${duty.day} ${t(`reminders.span.${duty.span}`)} ${t(`reminders.post.${duty.post}`)}`}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The other's duties of this month that have not begun. */
function dutiesOfOther(
  { duties }: VillageRosterView,
  otherId: string | null,
  now: Temporal.Instant,
): readonly DutyView[] {
  return duties.filter((duty) => duty.personId === otherId && !hasBegun(duty, now));
}

function placeOf({ post, day, span }: DutyView) {
  return { post, day, span };
}

function placeKey({ post, day, span }: DutyView): string {
  return `${day} ${span} ${post}`;
}
