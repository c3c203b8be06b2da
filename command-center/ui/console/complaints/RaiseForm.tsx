import {
  complaintKinds,
  complaintLimits,
  complaintSentences,
  type ComplaintKind,
  type ComplaintReceipt,
  type ComplaintSentence,
  type RaiseComplaintRequest,
} from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { Button, Input, Segmented } from 'antd';
import { useId, useState, type ReactElement, type ReactNode } from 'react';
import { useCommand } from '../api/use-command.ts';
import { ProblemLine } from '../parts/ProblemLine.tsx';

interface Props {
  readonly onRaised: (receipt: ComplaintReceipt) => void;
}

const { textChars, contactChars, sentences: mostSentences } = complaintLimits;

/** One step: a kind, sentences or words; everything else may stay empty. */
export function RaiseForm({ onRaised }: Props): ReactElement {
  const { t } = useWords();
  // Made once: a lost answer is asked for again as the same complaint.
  const [complaintId] = useState(() => crypto.randomUUID());
  const [kind, setKind] = useState<ComplaintKind>('complaint');
  const [sentences, setSentences] = useState<readonly ComplaintSentence[]>([]);
  const [text, setText] = useState('');
  const [contact, setContact] = useState('');
  const [aboutLogin, setAboutLogin] = useState('');
  const raise = useCommand<ComplaintReceipt>([['complaints']]);

  async function send(): Promise<void> {
    const body: RaiseComplaintRequest = {
      complaintId,
      kind,
      sentences: [...sentences],
      text,
      contact,
      aboutLogin,
    };
    const receipt = await raise.run({ method: 'POST', url: '/api/complaints', body });
    if (receipt !== null) onRaised(receipt);
  }

  return (
    <div className="raise-form">
      <p className="quiet">{t('complaints.anonymous')}</p>
      <Segmented
        block
        value={kind}
        onChange={setKind}
        aria-label={t('complaints.kind')}
        options={complaintKinds.map((value) => ({ value, label: t(`complaint.kind.${value}`) }))}
      />
      <SentenceChoice chosen={sentences} onChange={setSentences} />
      <Labelled name={t('complaints.text')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={4}
            maxLength={textChars}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Labelled>
      <Labelled name={t('complaints.contact')} hint={t('complaints.contactHint')}>
        {(id) => (
          <Input
            id={id}
            maxLength={contactChars}
            value={contact}
            autoComplete="off"
            onChange={(event) => setContact(event.target.value)}
          />
        )}
      </Labelled>
      <Labelled name={t('complaints.about')} hint={t('complaints.aboutHint')}>
        {(id) => (
          <Input
            id={id}
            maxLength={contactChars}
            value={aboutLogin}
            autoComplete="off"
            onChange={(event) => setAboutLogin(event.target.value)}
          />
        )}
      </Labelled>
      <ProblemLine problem={raise.problem} />
      <Button type="primary" loading={raise.isRunning} onClick={() => void send()}>
        {t('complaints.send')}
      </Button>
    </div>
  );
}

interface ChoiceProps {
  readonly chosen: readonly ComplaintSentence[];
  readonly onChange: (chosen: readonly ComplaintSentence[]) => void;
}

function SentenceChoice({ chosen, onChange }: ChoiceProps): ReactElement {
  const { t } = useWords();
  return (
    <div className="raise-sentences" role="group" aria-label={t('complaints.sentences')}>
      <span className="quiet">{t('complaints.sentences')}</span>
      {complaintSentences.map((sentence) => {
        const isOn = chosen.includes(sentence);
        const rest = chosen.filter((each) => each !== sentence);
        return (
          <button
            key={sentence}
            type="button"
            aria-pressed={isOn}
            onClick={() => onChange(isOn ? rest : [...rest, sentence].slice(-mostSentences))}
          >
            {t(`complaint.sentence.${sentence}`)}
          </button>
        );
      })}
    </div>
  );
}

interface LabelledProps {
  readonly name: string;
  readonly hint?: string;
  readonly children: (id: string) => ReactNode;
}

function Labelled({ name, hint, children }: LabelledProps): ReactElement {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{name}</label>
      {children(id)}
      {hint !== undefined && <p className="fine">{hint}</p>}
    </div>
  );
}
