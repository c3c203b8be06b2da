import type { ComplaintStanding } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { Button, Input } from 'antd';
import { useId, useState, type ReactElement } from 'react';
import { useCommand } from '../api/use-command.ts';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { StateWord } from './StateWord.tsx';

/** The answer behind a receipt number, and the way to say once that it is none. */
export function LookUpForm(): ReactElement {
  const { t } = useWords();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [standing, setStanding] = useState<ComplaintStanding | null>(null);
  const lookUp = useCommand<ComplaintStanding>([]);
  const reopen = useCommand<ComplaintStanding>([['complaints']]);
  const receipt = typed.replaceAll(/\D/g, '');
  const order = (url: string) => ({ method: 'POST', url, body: { receipt } }) as const;
  const find = async () => setStanding(await lookUp.run(order('/api/complaints/look-up')));
  const again = async () => {
    const next = await reopen.run(order('/api/complaints/reopen'));
    if (next !== null) setStanding(next);
  };
  return (
    <div className="raise-form">
      <form
        className="raise-find"
        onSubmit={(event) => {
          event.preventDefault();
          void find();
        }}
      >
        <label htmlFor={id}>{t('complaints.number')}</label>
        <Input
          id={id}
          inputMode="numeric"
          maxLength={11}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button
          type="primary"
          htmlType="submit"
          loading={lookUp.isRunning}
          disabled={receipt.length !== 9}
        >
          {t('complaints.find')}
        </Button>
      </form>
      <ProblemLine problem={lookUp.problem ?? reopen.problem} />
      {standing !== null && (
        <div className="standing" role="status">
          <p className="standing-head">
            <strong>{t(`complaint.kind.${standing.kind}`)}</strong>
            <StateWord state={standing.state} dueAt={standing.dueAt} />
          </p>
          <Answers answers={standing.answers} />
          {standing.mayReopen && (
            <Button loading={reopen.isRunning} onClick={() => void again()}>
              {t('complaints.reopen')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

interface AnswersProps {
  readonly answers: readonly {
    readonly at: string;
    readonly text: string;
    readonly by?: string | null;
  }[];
}

/** What was answered, as it was written. */
export function Answers({ answers }: AnswersProps): ReactElement {
  const { t } = useWords();
  return (
    <>
      {answers.map(({ at, text, by }) => (
        <blockquote key={at} className="answer">
          <p>{text}</p>
          <footer className="fine">
            {by !== undefined && by !== null && <>{t('complaints.answeredBy', { login: by })} · </>}
            <When at={at} />
          </footer>
        </blockquote>
      ))}
    </>
  );
}
