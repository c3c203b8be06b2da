import { complaintLimits } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { DigitPad } from '../parts/DigitPad.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Go } from '../route.ts';
import type { ComplaintDraft } from './complaint-draft.ts';

interface Props {
  readonly draft: ComplaintDraft;
  readonly go: Go;
}

/** A text of one's own, where a keyboard is; nobody needs it. */
export function WriteStep({ draft, go }: Props): ReactElement {
  const { t } = useWords();
  const [text, setText] = useState(draft.text);
  const done = (): void =>
    go({ page: 'complaint', step: 'say', draft: { ...draft, text: text.trim() } });
  return (
    <main className="page complaint-write">
      <PageHead
        onBack={() => go({ page: 'complaint', step: 'say', draft })}
        hint={t('complaint.writeHint')}
      >
        <TwoLines textKey="complaint.writeTitle" />
      </PageHead>
      <textarea
        autoFocus
        aria-label={t('complaint.writeTitle')}
        maxLength={complaintLimits.textChars}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="complaint-foot">
        <span>{t('complaint.length', { count: text.length, of: complaintLimits.textChars })}</span>
        <button type="button" className="way way-main" onClick={done}>
          <TwoLines textKey="complaint.ok" />
        </button>
      </div>
    </main>
  );
}

const phoneDigits = 11;

/** A telephone number, for those who want to be called; none is as good. */
export function ContactStep({ draft, go }: Props): ReactElement {
  const { t } = useWords();
  const [contact, setContact] = useState(draft.contact);
  const back = (next: ComplaintDraft): void => go({ page: 'complaint', step: 'say', draft: next });
  return (
    <main className="page">
      <PageHead onBack={() => back(draft)} hint={t('complaint.contactHint')}>
        <TwoLines textKey="complaint.contactTitle" />
      </PageHead>
      <DigitPad
        value={contact}
        length={phoneDigits}
        isSecret={false}
        onChange={(value) => setContact(value)}
      >
        <button type="button" className="way way-main" onClick={() => back({ ...draft, contact })}>
          <TwoLines textKey={contact === '' ? 'complaint.noContact' : 'complaint.ok'} />
        </button>
      </DigitPad>
    </main>
  );
}
