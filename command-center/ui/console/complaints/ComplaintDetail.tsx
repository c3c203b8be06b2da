import { complaintLimits, spellReceipt, type ComplaintView } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useId, useState, type ReactElement } from 'react';
import { refuseAnswer, refuseTakeUp } from '#domain/complaint.ts';
import { get } from '../api/call.ts';
import { useCommand } from '../api/use-command.ts';
import { useMay } from '../api/use-me.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { Answers } from './LookUpForm.tsx';
import { StateWord } from './StateWord.tsx';

interface Props {
  readonly complaintId: string;
  readonly onClose: () => void;
}

/** One complaint with what was written, its answers, and the way to answer it. Opening it is audited. */
export function ComplaintDetail({ complaintId, onClose }: Props): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const { data, error } = useQuery({
    queryKey: ['complaints', 'one', complaintId],
    queryFn: ({ signal }) =>
      get<ComplaintView>(`/api/complaints/${complaintId}?purpose=complaint`, signal),
    refetchOnWindowFocus: false,
  });
  return (
    <article className="village complaint" aria-label={t('complaints.title')}>
      <header className="village-head">
        <div>
          {data !== undefined && (
            <>
              <p className="quiet">
                {placeName(regions, data.region)} · {t(`complaints.origin.${data.origin}`)}
              </p>
              <h2>{t(`complaint.kind.${data.kind}`)}</h2>
              <StateWord state={data.state} dueAt={data.dueAt} />
              <p className="quiet code-number">{spellReceipt(data.receipt)}</p>
            </>
          )}
        </div>
        <button type="button" className="close" aria-label={t('button.close')} onClick={onClose}>
          ✕
        </button>
      </header>
      <ProblemLine problem={error} />
      {data !== undefined && (
        <>
          <Said complaint={data} />
          <Answers answers={data.answers} />
          <Acts key={`${data.complaintId}/${data.state}`} complaint={data} />
        </>
      )}
    </article>
  );
}

function Said({ complaint }: { readonly complaint: ComplaintView }): ReactElement {
  const { t } = useWords();
  const { sentences, text, contact, gone, raisedAt, takenUpBy, reopenedAt } = complaint;
  return (
    <section className="section" aria-label={t('complaints.what')}>
      {sentences.length > 0 && (
        <ul className="said">
          {sentences.map((sentence) => (
            <li key={sentence}>{t(`complaint.sentence.${sentence}`)}</li>
          ))}
        </ul>
      )}
      {text !== '' && <p className="said-text">{text}</p>}
      {gone !== null && <p className="quiet">{t(`complaints.gone.${gone}`)}</p>}
      <p className="fine">
        {contact === '' ? t('complaints.noContact') : `${t('complaints.contactIs')} ${contact}`}
      </p>
      <p className="fine">
        <When at={raisedAt} />
        {takenUpBy !== null && <> · {t('complaints.takenUpBy', { login: takenUpBy })}</>}
        {reopenedAt !== null && <> · {t('complaints.reopenedAt')}</>}
      </p>
    </section>
  );
}

function Acts({ complaint }: { readonly complaint: ComplaintView }): ReactElement | null {
  const { t } = useWords();
  const id = useId();
  const [text, setText] = useState('');
  const mayAnswer = useMay('answer-complaints');
  const url = `/api/complaints/${complaint.complaintId}`;
  const takeUp = useCommand<object>([['complaints']]);
  const answer = useCommand<object>([['complaints']]);
  const role = mayAnswer ? null : t('complaints.mayNot');
  const refusal = refuseTakeUp(complaint);
  const noTakeUp = role ?? (refusal === null ? null : t(`problem.${refusal.code}`));
  const noAnswer = role ?? (text.trim() === '' ? t('complaints.answerLabel') : null);
  const take = () => void takeUp.run({ method: 'POST', url: `${url}/take-up`, body: {} });
  useKeys({ a: () => (noTakeUp === null ? take() : undefined) });
  if (refuseAnswer(complaint) !== null) return null;
  return (
    <section className="section" aria-label={t('complaints.answer')}>
      <label htmlFor={id}>{t('complaints.answerLabel')}</label>
      <Input.TextArea
        id={id}
        rows={4}
        maxLength={complaintLimits.answerChars}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="actions complaint-acts">
        <ActButton reason={noTakeUp} isRunning={takeUp.isRunning} onClick={take}>
          {t('complaints.takeUp')}
        </ActButton>
        <ActButton
          kind="main"
          reason={noAnswer}
          isRunning={answer.isRunning}
          onClick={() => void answer.run({ method: 'POST', url: `${url}/answer`, body: { text } })}
        >
          {t('complaints.answer')}
        </ActButton>
      </div>
      <ProblemLine problem={takeUp.problem ?? answer.problem} />
    </section>
  );
}
