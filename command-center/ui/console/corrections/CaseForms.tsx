import {
  appealReasons,
  correctedVerdicts,
  correctionLimits,
  isSettled,
  proposedVerdicts,
  type AppealReason,
  type LedgerRow,
  type ProposedVerdict,
} from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { Input } from 'antd';
import { useId, useState, type ReactElement } from 'react';
import { useCommand } from '../api/use-command.ts';
import { useMay } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';

interface ProposeProps {
  readonly row: LedgerRow;
  /** The appeal it answers; null = it begins a case. */
  readonly answers: string | null;
}

const touched = [['ledger'], ['corrections']];
const dutyOf = ({ post, day, span }: LedgerRow) => ({ post, day, span });

/** 拟更正: what the ledger should say, and why; a second account decides. */
export function ProposeForm({ row, answers }: ProposeProps): ReactElement {
  const { t } = useWords();
  const [verdict, setVerdict] = useState<ProposedVerdict | null>(null);
  const [reason, setReason] = useState<AppealReason | null>(null);
  const command = useCommand<object>(touched);
  const off = useOff(row);
  const standing = row.corrected ?? row.verdict;
  const choices = (answers === null ? correctedVerdicts : proposedVerdicts).filter(
    (each) => each !== standing,
  );
  const send = () =>
    void command.run({
      method: 'POST',
      url: '/api/corrections/propose',
      body: {
        region: row.region,
        correctionId: answers ?? crypto.randomUUID(),
        duty: dutyOf(row),
        verdict,
        reason,
      },
    });
  const missing = verdict === null || reason === null ? t('corrections.chooseBoth') : null;
  return (
    <div className="case-form">
      <CaseSelect
        label={t('corrections.chooseVerdict')}
        word={(each) => t(`corrections.verdict.${each}`)}
        offered={choices}
        value={verdict}
        onChange={setVerdict}
      />
      <ReasonSelect value={reason} onChange={setReason} />
      <ActButton kind="main" reason={off ?? missing} isRunning={command.isRunning} onClick={send}>
        {t('corrections.propose')}
      </ActButton>
      <p className="fine">{t('corrections.secondPerson')}</p>
      <ProblemLine problem={command.problem} />
    </div>
  );
}

/** Where no case is open: note what the person says, or propose a correction without an appeal. */
export function BeginCase({ row }: { readonly row: LedgerRow }): ReactElement | null {
  const { t } = useWords();
  const [begun, setBegun] = useState<'appeal' | 'propose' | null>(null);
  const off = useOff(row);
  if (row.openCase !== null) return null;
  if (begun === 'appeal') return <AppealForm row={row} />;
  if (begun === 'propose') return <ProposeForm row={row} answers={null} />;
  return (
    <div className="actions">
      <ActButton reason={off} onClick={() => setBegun('appeal')}>
        {t('corrections.noteAppeal')}
      </ActButton>
      <ActButton reason={off} onClick={() => setBegun('propose')}>
        {t('corrections.correct')}
      </ActButton>
    </div>
  );
}

/** 代记申诉: what the person said, written down by somebody who then cannot decide it. */
function AppealForm({ row }: { readonly row: LedgerRow }): ReactElement {
  const { t } = useWords();
  const id = useId();
  const [reason, setReason] = useState<AppealReason | null>(null);
  const [text, setText] = useState('');
  const command = useCommand<object>(touched);
  const off = useOff(row);
  const send = () =>
    void command.run({
      method: 'POST',
      url: '/api/corrections/appeal',
      body: {
        region: row.region,
        correctionId: crypto.randomUUID(),
        duty: dutyOf(row),
        reason,
        text,
      },
    });
  return (
    <div className="case-form">
      <ReasonSelect value={reason} onChange={setReason} />
      <label htmlFor={id}>{t('corrections.words')}</label>
      <Input.TextArea
        id={id}
        rows={3}
        maxLength={correctionLimits.textChars}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <ActButton
        kind="main"
        reason={off ?? (reason === null ? t('corrections.chooseReason') : null)}
        isRunning={command.isRunning}
        onClick={send}
      >
        {t('corrections.noteAppeal')}
      </ActButton>
      <ProblemLine problem={command.problem} />
    </div>
  );
}

interface ReasonProps {
  readonly value: AppealReason | null;
  readonly onChange: (reason: AppealReason) => void;
}

function ReasonSelect({ value, onChange }: ReasonProps): ReactElement {
  const { t } = useWords();
  return (
    <CaseSelect
      label={t('corrections.chooseReason')}
      word={(each) => t(`appeal.reason.${each}`)}
      offered={appealReasons}
      value={value}
      onChange={onChange}
    />
  );
}

interface CaseSelectProps<Word extends string> {
  readonly label: string;
  readonly word: (value: Word) => string;
  readonly offered: readonly Word[];
  /** Null = nothing was chosen yet. */
  readonly value: Word | null;
  readonly onChange: (value: Word) => void;
}

/** One of a few words, none of them before somebody chose. */
function CaseSelect<Word extends string>(props: CaseSelectProps<Word>): ReactElement {
  const { label, word, offered, value, onChange } = props;
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      onChange={({ target }) => {
        const chosen = offered.find((each) => each === target.value);
        if (chosen !== undefined) onChange(chosen);
      }}
    >
      <option value="" disabled>
        {label}
      </option>
      {offered.map((each) => (
        <option key={each} value={each}>
          {word(each)}
        </option>
      ))}
    </select>
  );
}

/** Why nothing can be said against this duty now; null = it can. */
function useOff(row: LedgerRow): string | null {
  const { t } = useWords();
  const mayCorrect = useMay('correct-ledger');
  if (!mayCorrect) return t('reason.role');
  return isSettled(row.verdict) ? null : t('problem.not-settled');
}
