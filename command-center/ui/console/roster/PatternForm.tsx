import type { DayKind, DutyPost, RosterPattern, RosterPersonView } from '@sightline/contracts';
import { Checkbox } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { WordSelect } from './WordSelect.tsx';

/** A rule, no rule, or what each village has already. */
export type PatternChoice = RosterPattern | null | 'keep';

interface Props {
  readonly post: DutyPost;
  readonly choice: PatternChoice;
  /** Of a village; null = a township, whose rules name nobody. */
  readonly people: readonly RosterPersonView[] | null;
  readonly onChoice: (choice: PatternChoice) => void;
}

const dayKinds: readonly DayKind[] = ['workday', 'weekend', 'holiday'];
const first: RosterPattern = {
  shifts: 'full',
  dayKinds: [...dayKinds],
  rotation: 'daily',
  people: null,
};

/** 排班规则 of one post. */
export function PatternForm({ post, choice, people, onChoice }: Props): ReactElement {
  const { t } = useTranslation();
  const filled = choice === 'keep' ? 'keep' : choice === null ? 'none' : 'rule';
  const offered =
    people === null ? (['keep', 'none', 'rule'] as const) : (['none', 'rule'] as const);
  const word = t(`reminders.post.${post}`);
  const turn = (each: (typeof offered)[number]) =>
    onChoice(each === 'keep' ? 'keep' : each === 'none' ? null : first);
  return (
    <fieldset className="pattern">
      <legend>{word}</legend>
      <div className="pattern-line">
        <WordSelect
          label={`${word} ${t('roster.rule.label')}`}
          word={(each) => t(`roster.rule.${each}`)}
          offered={offered}
          value={filled}
          onChange={turn}
        />
        {choice !== null && choice !== 'keep' && (
          <PatternLine word={word} pattern={choice} onPattern={onChoice} />
        )}
      </div>
      {choice !== null && choice !== 'keep' && people !== null && (
        <Turns people={people} pattern={choice} onPattern={onChoice} />
      )}
    </fieldset>
  );
}

interface LineProps {
  readonly word: string;
  readonly pattern: RosterPattern;
  readonly onPattern: (pattern: RosterPattern) => void;
}

function PatternLine({ word, pattern, onPattern }: LineProps): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <WordSelect
        label={`${word} ${t('roster.shifts.label')}`}
        word={(each) => t(`roster.shifts.${each}`)}
        offered={['full', 'day', 'night', 'day-and-night'] as const}
        value={pattern.shifts}
        onChange={(shifts) => onPattern({ ...pattern, shifts })}
      />
      <WordSelect
        label={`${word} ${t('roster.rotation.label')}`}
        word={(each) => t(`roster.rotation.${each}`)}
        offered={['daily', 'weekly'] as const}
        value={pattern.rotation}
        onChange={(rotation) => onPattern({ ...pattern, rotation })}
      />
      <span className="pattern-days" role="group" aria-label={`${word} ${t('roster.onDays')}`}>
        {dayKinds.map((kind) => (
          <Checkbox
            key={kind}
            checked={pattern.dayKinds.includes(kind)}
            onChange={({ target }) => {
              const chosen = dayKinds.filter((each) =>
                each === kind ? target.checked : pattern.dayKinds.includes(each),
              );
              // A rule for no day is no rule: the last one stays.
              if (chosen.length > 0) onPattern({ ...pattern, dayKinds: chosen });
            }}
          >
            {t(`roster.dayKind.${kind}`)}
          </Checkbox>
        ))}
      </span>
    </>
  );
}

interface TurnsProps {
  readonly people: readonly RosterPersonView[];
  readonly pattern: RosterPattern;
  readonly onPattern: (pattern: RosterPattern) => void;
}

/** Whose turn comes first, second, third: in the order they are ticked. Nobody ticked = everybody. */
function Turns({ people, pattern, onPattern }: TurnsProps): ReactElement {
  const { t } = useTranslation();
  const order = pattern.people ?? [];
  const toggle = (personId: string) => {
    const others = order.filter((each) => each !== personId);
    const next = order.includes(personId) ? others : [...order, personId];
    onPattern({ ...pattern, people: next.length === 0 ? null : next });
  };
  return (
    <div className="turns">
      <span className="quiet">{t(order.length === 0 ? 'roster.everybody' : 'roster.inOrder')}</span>
      {people
        .filter(({ isActive, personId }) => isActive || order.includes(personId))
        .map(({ personId, name }) => (
          <button
            key={personId}
            type="button"
            aria-pressed={order.includes(personId)}
            onClick={() => toggle(personId)}
          >
            {order.includes(personId) && <b>{order.indexOf(personId) + 1} </b>}
            {name}
          </button>
        ))}
    </div>
  );
}
