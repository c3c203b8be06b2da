import { complaintKinds, complaintSentences, type ComplaintReceipt } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { Choice } from '../parts/Choice.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { refusalKey } from '../parts/RefusalText.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { Way } from '../parts/Way.tsx';
import { home, type Go } from '../route.ts';
import { saysNothing, turnSentence, type ComplaintDraft } from './complaint-draft.ts';

interface Props {
  readonly draft: ComplaintDraft;
  readonly go: Go;
}

/** What it is, in prepared sentences; everything else is on other pages for whoever wants it. */
export function SayStep({ draft, go }: Props): ReactElement {
  const { t } = useWords();
  const [isSending, setSending] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const change = (next: ComplaintDraft): void =>
    go({ page: 'complaint', step: 'say', draft: next });

  async function send(): Promise<void> {
    setSending(true);
    const answer = await ask('/api/complaint', draft);
    setSending(false);
    if (isDenied(answer)) return setRefused(answer.denied);
    // The agent's own answer, whose shape `contracts/complaint-api.ts` fixes.
    return go({ page: 'complaint', step: 'done', receipt: answer as ComplaintReceipt });
  }

  return (
    <main className="page complaint">
      <PageHead onBack={() => go(home)}>
        <TwoLines textKey="complaint.title" />
      </PageHead>
      <div className="complaint-kinds" role="group" aria-label={t('complaint.title')}>
        {complaintKinds.map((kind) => (
          <Choice
            key={kind}
            textKey={`complaint.kind.${kind}`}
            isOn={draft.kind === kind}
            onTurn={() => change({ ...draft, kind })}
          />
        ))}
      </div>
      <div className="complaint-sentences">
        {complaintSentences.map((sentence) => (
          <Choice
            key={sentence}
            textKey={`complaint.sentence.${sentence}`}
            isOn={draft.sentences.includes(sentence)}
            onTurn={() => change(turnSentence(draft, sentence))}
          />
        ))}
      </div>
      <p className="page-note" role="alert">
        {t(refused === null ? 'complaint.anonymous' : refusalKey(refused))}
      </p>
      <Ways
        draft={draft}

        isSending={isSending}
        go={go}
        onSend={() => void send()}
      />
    </main>
  );
}

interface WaysProps extends Props {
  readonly isSending: boolean;
  readonly onSend: () => void;
}

function Ways({ draft, isSending, go, onSend }: WaysProps): ReactElement {
  const isEmpty = saysNothing(draft);
  return (
    <div className="complaint-ways">
      <Way
        icon="question"
        textKey="complaint.lookUp"
        onPress={() => go({ page: 'complaint', step: 'look-up' })}
      />
      <Way
        icon="speech"
        textKey="complaint.write"
        isDone={draft.text !== ''}
        onPress={() => go({ page: 'complaint', step: 'write', draft })}
      />
      <Way
        icon="phone"
        textKey="complaint.contact"
        isDone={draft.contact !== ''}
        onPress={() => go({ page: 'complaint', step: 'contact', draft })}
      />
      <button
        type="button"
        className="way way-main"
        disabled={isEmpty || isSending}
        onClick={onSend}
      >
        <TwoLines textKey={isEmpty ? 'complaint.chooseFirst' : 'complaint.send'} />
      </button>
    </div>
  );
}
