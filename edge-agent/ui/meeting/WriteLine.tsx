import { meetingLimits, type RoomWords } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { MeetingClient, MeetingSnapshot } from '@sightline/media-client';
import { useRef, useState, type ReactElement } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { meetingZh } from '../words/meeting-zh.ts';
import { Lines } from './Lines.tsx';
import { troubleKey } from './trouble-key.ts';

const phrases = Object.keys(meetingZh.meeting.phrase);

interface Props {
  readonly client: MeetingClient;
  readonly meeting: MeetingSnapshot;
  readonly room: RoomWords;
  readonly onBack: () => void;
}

/** 发文字: prepared sentences for a touch, own words where a keyboard is; what was refused stays and says why. */
export function WriteLine({ client, meeting, room, onBack }: Props): ReactElement {
  const { t, language } = useWords();
  const [text, setText] = useState('');
  const [isSending, setSending] = useState(false);
  /** Two touches in one moment are one: an earlier answer would hide a later refusal. */
  const isUnderWay = useRef(false);
  const [refused, setRefused] = useState<string | null>(null);
  const own = text.trim();

  async function say(line: string): Promise<boolean> {
    if (isUnderWay.current) return false;
    isUnderWay.current = true;
    setSending(true);
    const refusal = await client.say(line);
    isUnderWay.current = false;
    setSending(false);
    setRefused(refusal?.code ?? null);
    return refusal === null;
  }
  /** In Chinese too: whoever reads it at the centre may read nothing else. */
  const phraseOf = (key: string): string => {
    const said = t(`meeting.phrase.${key}`);
    return language === 'zh' ? said : `${said} ${t(`meeting.phrase.${key}`, { lng: 'zh' })}`;
  };

  return (
    <section className="write-line" aria-label={t('meeting.write')}>
      <Lines meeting={meeting} room={room} place="large" />
      {refused !== null && (
        <p className="tier-banner" role="alert">
          <Icon name="warn" />
          {t('meeting.notSaid', { why: t(troubleKey(refused)) })}
        </p>
      )}
      <div className="write-phrases">
        {phrases.map((key) => (
          <button
            key={key}
            type="button"
            className="meeting-key"
            disabled={isSending}
            onClick={() => void say(phraseOf(key))}
          >
            <TwoLines textKey={`meeting.phrase.${key}`} />
          </button>
        ))}
      </div>
      <form
        className="write-own"
        onSubmit={(event) => {
          event.preventDefault();
          if (own !== '') void say(own).then((isSaid) => isSaid && setText(''));
        }}
      >
        <button type="button" className="meeting-key write-back" onClick={onBack}>
          <Icon name="back" />
          <TwoLines textKey="button.back" />
        </button>
        <input
          aria-label={t('meeting.writeOwn')}
          placeholder={t('meeting.writeOwn')}
          maxLength={meetingLimits.textChars}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <span className="write-length">
          {t('complaint.length', { count: text.length, of: meetingLimits.textChars })}
        </span>
        <button type="submit" className="meeting-key" disabled={own === '' || isSending}>
          <Icon name="speech" />
          <TwoLines textKey="meeting.send" />
        </button>
      </form>
    </section>
  );
}
