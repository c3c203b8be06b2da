import { handOverSentences } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { Choice } from '../parts/Choice.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { refusalKey } from '../parts/RefusalText.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { Way } from '../parts/Way.tsx';
import { home, type Go } from '../route.ts';
import { saysNothing, turnSentence, type HandOverDraft } from './hand-over-draft.ts';

interface Props {
  readonly pass: string;
  readonly draft: HandOverDraft;
  readonly go: Go;
}

/** 交班: in prepared sentences, in own words, or spoken. The way back leaves nothing. */
export function LeaveStep({ pass, draft, go }: Props): ReactElement {
  const { t } = useWords();
  const [isSending, setSending] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const isEmpty = saysNothing(draft);
  const step = (next: 'write' | 'record') => () =>
    go({ page: 'hand-over', step: next, pass, draft });

  async function leave(): Promise<void> {
    setSending(true);
    const { voice, ...said } = draft;
    const body = { pass, ...said, ...(voice === null ? {} : { voice }) };
    const answer = await ask('/api/hand-over/leave', body);
    setSending(false);
    if (isDenied(answer)) setRefused(answer.denied);
    else go(home);
  }

  return (
    <main className="page hand-over-leave">
      <PageHead onBack={() => go(home)}>
        <TwoLines textKey="handOver.leaveTitle" />
      </PageHead>
      <div className="complaint-sentences">
        {handOverSentences.map((sentence) => (
          <Choice
            key={sentence}
            textKey={`handOver.sentence.${sentence}`}
            isOn={draft.sentences.includes(sentence)}
            onTurn={() =>
              go({ page: 'hand-over', step: 'leave', pass, draft: turnSentence(draft, sentence) })
            }
          />
        ))}
      </div>
      <p className="page-note" role="alert">
        {t(refused === null ? 'handOver.leaveHint' : refusalKey(refused))}
      </p>
      <div className="complaint-ways">
        <Way
          icon="speech"
          textKey="handOver.write"
          isDone={draft.text !== ''}
          onPress={step('write')}
        />
        <Way
          icon="microphone"
          textKey="handOver.record"
          isDone={draft.voice !== null}
          onPress={step('record')}
        />
        <button
          type="button"
          className="way way-main"
          disabled={isEmpty || isSending}
          onClick={() => void leave()}
        >
          <TwoLines textKey={isEmpty ? 'handOver.chooseFirst' : 'handOver.leave'} />
        </button>
      </div>
    </main>
  );
}
