import {
  appealReasons,
  correctionLimits,
  type AppealReason,
  type OwnDuty,
} from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { ask, isDenied, type OwnPin } from '../link/api.ts';
import { Icon, type IconName } from '../parts/Icon.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { refusalKey } from '../parts/RefusalText.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';
import type { AppealDraft } from './appeal-route.ts';
import { DutyWords } from './DutyWords.tsx';

interface Props {
  readonly own: OwnPin;
  readonly draft: AppealDraft;
  readonly go: Go;
}

const icons: Readonly<Record<AppealReason, IconName>> = {
  'terminal-broken': 'noCamera',
  'not-recognised': 'face',
  'name-used': 'warn',
  'was-replaced': 'people',
  'on-leave': 'calendar',
  'roster-wrong': 'erase',
  other: 'question',
};

/** Why, by one touch; words of one's own only for whoever wants them. */
export function SayWhyStep({ own, draft, go }: Props): ReactElement {
  const { t } = useWords();
  const [isSending, setSending] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const { appealId, duty, reason, text } = draft;

  async function send(): Promise<void> {
    setSending(true);
    const { post, day, span } = duty;
    const body = { ...own, appealId, duty: { post, day, span }, reason, text };
    const answer = await ask('/api/appeal', body);
    setSending(false);
    if (isDenied(answer)) return setRefused(answer.denied);
    // The agent's own answer, whose shape `contracts/watch/kiosk-appeal.ts` fixes.
    return go({ page: 'own-duties', step: 'done', own, duty: answer as OwnDuty });
  }

  return (
    <main className="page complaint appeal">
      <PageHead onBack={() => go(home)} hint={<DutyWords duty={duty} />}>
        <TwoLines textKey="ownDuties.why" />
      </PageHead>
      <div className="complaint-sentences">
        {appealReasons.map((each) => (
          <button
            key={each}
            type="button"
            className="choice appeal-choice"
            aria-pressed={reason === each}
            onClick={() =>
              go({ page: 'own-duties', step: 'say', own, draft: { ...draft, reason: each } })
            }
          >
            <Icon name={icons[each]} />
            <TwoLines textKey={`appeal.reason.${each}`} />
            <span className="choice-mark">{reason === each && <Icon name="check" />}</span>
          </button>
        ))}
      </div>
      <p className="page-note" role="alert">
        {t(refused === null ? 'ownDuties.hint' : refusalKey(refused))}
      </p>
      <div className="appeal-ways">
        <button
          type="button"
          className={`way${text === '' ? '' : ' way-done'}`}
          onClick={() => go({ page: 'own-duties', step: 'write', own, draft })}
        >
          <Icon name={text === '' ? 'speech' : 'check'} />
          <TwoLines textKey="complaint.write" />
        </button>
        <button
          type="button"
          className="way way-main"
          disabled={reason === null || isSending}
          onClick={() => void send()}
        >
          <TwoLines textKey={reason === null ? 'ownDuties.chooseFirst' : 'ownDuties.send'} />
        </button>
      </div>
    </main>
  );
}

/** A few words, where a keyboard is; nobody needs them. */
export function AppealWriteStep({ own, draft, go }: Props): ReactElement {
  const { t } = useWords();
  const [text, setText] = useState(draft.text);
  const back = (next: AppealDraft): void =>
    go({ page: 'own-duties', step: 'say', own, draft: next });
  return (
    <main className="page complaint-write">
      <PageHead onBack={() => back(draft)} hint={t('ownDuties.writeHint')}>
        <TwoLines textKey="complaint.writeTitle" />
      </PageHead>
      <textarea
        autoFocus
        aria-label={t('complaint.writeTitle')}
        maxLength={correctionLimits.textChars}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <div className="complaint-foot">
        <span>{t('complaint.length', { count: text.length, of: correctionLimits.textChars })}</span>
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
