import { courseLimits, type CourseDraft } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { Checkbox, Input, Segmented } from 'antd';
import type { ReactElement } from 'react';
import { ActButton } from '../parts/ActButton.tsx';

type Question = CourseDraft['quiz']['questions'][number];

interface Props {
  readonly question: Question;
  /** From 1. */
  readonly nth: number;
  readonly onChange: (question: Question) => void;
  readonly onRemove: () => void;
}

const kinds = ['single', 'multiple'] as const;

/** One question: what it asks, its options, and which of them are right. */
export function QuestionFields({ question, nth, onChange, onRemove }: Props): ReactElement {
  const { t } = useWords();
  const { text, kind, options, right } = question;
  const name = t('courseEditor.question', { nth });
  return (
    <fieldset className="course-part">
      <legend>{name}</legend>
      <Input
        aria-label={name}
        placeholder={name}
        maxLength={courseLimits.questionChars}
        value={text}
        onChange={(event) => onChange({ ...question, text: event.target.value })}
      />
      <Segmented<Question['kind']>
        value={kind}
        onChange={(next) => {
          const kept = next === 'single' ? right.slice(0, 1) : right;
          onChange({ ...question, kind: next, right: kept });
        }}
        options={kinds.map((value) => ({ value, label: t(`courseEditor.kinds.${value}`) }))}
      />
      {options.map((_, index) => (
        <Option
          // Options have no name but their place.
          key={`${nth} ${index}`}
          question={question}
          nth={nth}
          index={index}
          onChange={onChange}
        />
      ))}
      <p className="fine">{t('courseEditor.rightHint')}</p>
      <span className="course-part-acts">
        {options.length < courseLimits.options && (
          <ActButton
            kind="text"
            reason={null}
            onClick={() => onChange({ ...question, options: [...options, ''] })}
          >
            {t('courseEditor.addOption')}
          </ActButton>
        )}
        <ActButton kind="text" reason={null} onClick={onRemove}>
          {t('courseEditor.remove')}
        </ActButton>
      </span>
    </fieldset>
  );
}

function Option(props: {
  readonly question: Question;
  readonly nth: number;
  readonly index: number;
  readonly onChange: (question: Question) => void;
}): ReactElement {
  const { question, nth, index, onChange } = props;
  const { t } = useWords();
  const { kind, options, right } = question;
  const word = { nth, option: index + 1 };
  const turn = (): void => {
    const others = kind === 'single' ? [] : right.filter((one) => one !== index);
    const next = right.includes(index) ? others : [...others, index];
    onChange({ ...question, right: next.toSorted((a, b) => a - b) });
  };
  const remove = (): void => {
    // Those behind it move up by one.
    const moved = right.flatMap((one) => (one === index ? [] : [one > index ? one - 1 : one]));
    onChange({ ...question, options: options.toSpliced(index, 1), right: moved });
  };
  return (
    <div className="course-option">
      <Checkbox
        aria-label={t('courseEditor.right', word)}
        checked={right.includes(index)}
        onChange={turn}
      />
      <Input
        aria-label={t('courseEditor.option', word)}
        maxLength={courseLimits.optionChars}
        value={options[index] ?? ''}
        onChange={(event) =>
          onChange({ ...question, options: options.with(index, event.target.value) })
        }
      />
      {options.length > courseLimits.fewestOptions && (
        <button type="button" aria-label={t('courseEditor.removeOption', word)} onClick={remove}>
          ×
        </button>
      )}
    </div>
  );
}
