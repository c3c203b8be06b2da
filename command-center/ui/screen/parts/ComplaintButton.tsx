import {
  complaintKinds,
  complaintLimits,
  complaintSentences,
  spellReceipt,
  type ComplaintKind,
  type ComplaintReceipt,
  type ComplaintSentence,
} from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useEffect, useId, useRef, useState, type ReactElement } from 'react';
import './complaint-button.css';

/** 意见, in the corner of the screen: a small sheet over it, without saying who. */
export function ComplaintButton(): ReactElement {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="raise-corner" onClick={() => setOpen(true)}>
        {t('raise.open')}
      </button>
      {isOpen && <Sheet onClose={() => setOpen(false)} />}
    </>
  );
}

function Sheet({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useWords();
  const title = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [receipt, setReceipt] = useState<ComplaintReceipt | null>(null);
  // A native dialog holds the focus and gives it back; it opens by a call only.
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="raise-sheet" aria-labelledby={title} onClose={onClose}>
      <header>
        <h2 id={title}>{t('raise.title')}</h2>
        <button type="button" onClick={() => dialog.current?.close()}>
          {t('button.close')}
        </button>
      </header>
      {receipt === null ? (
        <Form onRaised={setReceipt} />
      ) : (
        <div role="status">
          <p>{t('raise.receipt')}</p>
          <p className="raise-number">{spellReceipt(receipt.receipt)}</p>
          <p>{t('raise.noteIt', { count: receipt.answerDays ?? 0 })}</p>
        </div>
      )}
    </dialog>
  );
}

const sendMs = 10_000;

function Form({ onRaised }: { readonly onRaised: (receipt: ComplaintReceipt) => void }) {
  const { t } = useWords();
  const textId = useId();
  // Made once: sent again after a lost answer it is the same complaint.
  const [complaintId] = useState(() => crypto.randomUUID());
  const [kind, setKind] = useState<ComplaintKind>('complaint');
  const [sentences, setSentences] = useState<readonly ComplaintSentence[]>([]);
  const [text, setText] = useState('');
  const [isFailed, setFailed] = useState(false);
  const isEmpty = sentences.length === 0 && text.trim() === '';
  const turn = (sentence: ComplaintSentence): void => {
    const rest = sentences.filter((each) => each !== sentence);
    const isOn = rest.length < sentences.length;
    setSentences(isOn ? rest : [...rest, sentence].slice(-complaintLimits.sentences));
  };
  const send = async (): Promise<void> => {
    const receipt = await raise({ complaintId, kind, sentences, text, contact: '' });
    setFailed(receipt === null);
    if (receipt !== null) onRaised(receipt);
  };
  return (
    <>
      <p className="raise-quiet">{t('raise.anonymous')}</p>
      <div className="raise-choices" role="group" aria-label={t('raise.title')}>
        {complaintKinds.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={kind === each}
            onClick={() => setKind(each)}
          >
            {t(`complaint.kind.${each}`)}
          </button>
        ))}
      </div>
      <div className="raise-choices" role="group" aria-label={t('raise.sentences')}>
        {complaintSentences.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={sentences.includes(each)}
            onClick={() => turn(each)}
          >
            {t(`complaint.sentence.${each}`)}
          </button>
        ))}
      </div>
      <label htmlFor={textId}>{t('raise.text')}</label>
      <textarea
        id={textId}
        rows={3}
        maxLength={complaintLimits.textChars}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <p className="raise-quiet" role="alert">
        {isFailed && t('raise.failed')}
      </p>
      <button type="button" className="raise-send" disabled={isEmpty} onClick={() => void send()}>
        {t('raise.send')}
      </button>
    </>
  );
}

/** Null = it did not arrive, or was refused: the same id may be sent again. */
async function raise(body: object): Promise<ComplaintReceipt | null> {
  try {
    const reply = await fetch('/api/complaints', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(sendMs),
    });
    return reply.ok ? ((await reply.json()) as ComplaintReceipt) : null; // Of our own server.
  } catch {
    return null;
  }
}
