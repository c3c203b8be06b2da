import type { ReactElement } from 'react';

interface Props {
  readonly options: readonly string[];
  /** By number from 0. */
  readonly marked: readonly number[];
  /** Undefined = they are only shown. */
  readonly onChoose?: (option: number) => void;
}

/** What may be answered, as the kiosk shows it; those marked have a sign of their own. */
export function QuizOptions({ options, marked, onChoose }: Props): ReactElement {
  return (
    <div className="quiz-options">
      {options.map((option, index) => (
        <button
          key={option}
          type="button"
          className="quiz-option"
          aria-pressed={marked.includes(index)}
          aria-disabled={onChoose === undefined}
          onClick={() => onChoose?.(index)}
        >
          <span>{option}</span>
          {marked.includes(index) && (
            <svg className="quiz-mark" viewBox="0 0 24 24" aria-hidden="true">
              <path d="M4.5 12.8 10 18 19.5 6.8" />
            </svg>
          )}
        </button>
      ))}
    </div>
  );
}
