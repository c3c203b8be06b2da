import {
  answerClock,
  receiptOfComplaint,
  spellReceipt,
  type ComplaintReceipt,
  type ComplaintStanding,
} from '@sightline/contracts';
import { dateAt, formatDate, useNow, useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { DigitPad } from '../parts/DigitPad.tsx';
import { Icon } from '../parts/Icon.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RefusalText } from '../parts/RefusalText.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';

interface ReceiptProps {
  readonly receipt: ComplaintReceipt;
  readonly go: Go;
}

/** 回执号, large enough to be photographed from the door. */
export function ReceiptStep({ receipt, go }: ReceiptProps): ReactElement {
  const { answerDays } = receipt;
  return (
    <main className="page complaint-receipt">
      <PageHead onBack={() => go(home)}>
        <TwoLines textKey="complaint.kept" />
      </PageHead>
      <div className="receipt">
        <strong>{spellReceipt(receipt.receipt)}</strong>
        <TwoLines textKey="complaint.noteIt" />
        {answerDays !== null && (
          <TwoLines textKey="complaint.within" values={{ count: answerDays }} />
        )}
      </div>
      <button type="button" className="way way-main" onClick={() => go(home)}>
        <TwoLines textKey="complaint.ok" />
      </button>
    </main>
  );
}

const receiptDigits = 9;

/** The number of one made here. */
export function LookUpStep({ go }: { readonly go: Go }): ReactElement {
  const [receipt, setReceipt] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);

  async function type(next: string): Promise<void> {
    setReceipt(next);
    setRefused(null);
    if (next.length < receiptDigits) return;
    setAsking(true);
    const answer = await ask('/api/complaint/look-up', { receipt: next });
    setAsking(false);
    if (isDenied(answer)) {
      setReceipt('');
      setRefused(answer.denied);
      // The agent's own answer, whose shape `contracts/complaint-api.ts` fixes.
    } else go({ page: 'complaint', step: 'standing', standing: answer as ComplaintStanding });
  }

  return (
    <main className="page">
      <PageHead onBack={() => go(home)}>
        <TwoLines textKey="complaint.lookUpTitle" />
      </PageHead>
      <DigitPad
        value={receipt}
        length={receiptDigits}
        group={3}
        isSecret={false}
        isOff={isAsking}
        onChange={(value) => void type(value)}
      >
        <RefusalText code={refused} />
      </DigitPad>
    </main>
  );
}

interface StandingProps {
  readonly standing: ComplaintStanding;
  readonly go: Go;
}

/** How far it is, and the answer; with a way to say once that it is none. */
export function StandingStep({ standing, go }: StandingProps): ReactElement {
  const { t, language } = useWords();
  const [refused, setRefused] = useState<string | null>(null);
  const receipt = receiptOfComplaint(standing.complaintId);
  const raised = dateAt(Temporal.Instant.from(standing.raisedAt));

  async function reopen(): Promise<void> {
    const answer = await ask('/api/complaint/reopen', { receipt });
    if (isDenied(answer)) return setRefused(answer.denied);
    return go({
      page: 'complaint',
      step: 'standing',
      // The agent's own answer; it waits again, also where the centre has not heard of it.
      standing: { ...(answer as ComplaintStanding), state: 'reopened' },
    });
  }

  return (
    <main className="page complaint-standing">
      <PageHead onBack={() => go(home)} hint={t(`complaint.kind.${standing.kind}`)}>
        {spellReceipt(receipt)}
      </PageHead>
      <div className="standing" tabIndex={0} role="region" aria-label={t('complaint.lookUpTitle')}>
        <div className="standing-state">
          <TwoLines textKey={`complaint.state.${standing.state}`} />
          <Clock standing={standing} />
        </div>
        <p>{t('complaint.raisedOn', { date: formatDate(raised, language) })}</p>
        {standing.answers.map(({ at, text }) => (
          <blockquote key={at}>
            <p>{text}</p>
            <footer>{formatDate(dateAt(Temporal.Instant.from(at)), language)}</footer>
          </blockquote>
        ))}
      </div>
      <div className="complaint-foot">
        <RefusalText code={refused} />
        {standing.mayReopen && (
          <button type="button" className="way" onClick={() => void reopen()}>
            <Icon name="speech" />
            <TwoLines textKey="complaint.reopen" />
          </button>
        )}
        <button type="button" className="way way-main" onClick={() => go(home)}>
          <TwoLines textKey="complaint.ok" />
        </button>
      </div>
    </main>
  );
}

function Clock({ standing: { dueAt } }: Pick<StandingProps, 'standing'>): ReactElement | null {
  const now = useNow();
  if (dueAt === null) return null;
  const { kind, days } = answerClock(Temporal.Instant.from(dueAt), now);
  return (
    <span className={`clock-${kind}`}>
      <Icon name={kind === 'over' ? 'warn' : 'clock'} />
      <TwoLines textKey={`complaint.clock.${kind}`} values={{ count: days }} />
    </span>
  );
}
