import { useState, type ReactElement, type ReactNode, type SubmitEvent } from 'react';
import { readTypedCode, type TypedCode } from '#domain/second-factor.ts';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { Field } from '../sign-in/Field.tsx';

interface Props {
  readonly label: string;
  readonly hint?: string;
  /** What is asked for; `any` takes a code of the app and a recovery code alike. */
  readonly kind: TypedCode['kind'] | 'any';
  readonly button: string;
  readonly isRunning: boolean;
  readonly problem: Error | null;
  /** False where it was not taken: the field is then empty again. */
  readonly onSubmit: (code: string) => Promise<boolean>;
  /** Beside the button. */
  readonly children?: ReactNode;
}

/** One field for a code, and its button once what stands there can be one. */
export function CodeForm(props: Props): ReactElement {
  const { label, hint, kind, button, isRunning, problem, onSubmit, children } = props;
  const [code, setCode] = useState('');
  const typed = readTypedCode(code);
  const isWhole = typed !== null && (kind === 'any' || typed.kind === kind);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!isWhole || isRunning) return;
    if (!(await onSubmit(code))) setCode('');
  };
  return (
    <form className="factor-form" onSubmit={(event) => void submit(event)}>
      <Field
        label={label}
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        autoFocus
        {...(kind === 'time' ? { inputMode: 'numeric' } : {})}
        {...(hint === undefined ? {} : { hint })}
      />
      <ProblemLine problem={problem} />
      <div className="factor-acts">
        <button type="submit" className="main-button" disabled={!isWhole || isRunning}>
          {button}
        </button>
        {children}
      </div>
    </form>
  );
}
