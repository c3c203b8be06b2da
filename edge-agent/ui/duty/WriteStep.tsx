import { handOverLimits } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { PageHead } from '../parts/PageHead.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Go } from '../route.ts';
import type { HandOverDraft } from './hand-over-draft.ts';

interface Props {
  readonly pass: string;
  readonly draft: HandOverDraft;
  readonly go: Go;
}

/** Own words, where a keyboard is; sealed for the centre, readable here for thirty days. */
export function WriteStep({ pass, draft, go }: Props): ReactElement {
  const { t } = useWords();
  const [text, setText] = useState(draft.text);
  const back = (next: HandOverDraft): void =>
    go({ page: 'hand-over', step: 'leave', pass, draft: next });
  return (
    <main className="page complaint-write">
      <PageHead onBack={() => back(draft)} hint={t('handOver.writeHint')}>
        <TwoLines textKey="handOver.write" />
      </PageHead>
      <textarea
        autoFocus
        aria-label={t('handOver.write')}
        maxLength={handOverLimits.textChars}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="complaint-foot">
        <span>{t('complaint.length', { count: text.length, of: handOverLimits.textChars })}</span>
        <button
          type="button"
          className="way way-main"
          onClick={() => back({ ...draft, text: text.trim() })}
        >
          <TwoLines textKey="complaint.ok" />
        </button>
      </div>
    </main>
  );
}
