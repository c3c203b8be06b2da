import { handOverLimits } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { Way } from '../parts/Way.tsx';
import type { Go } from '../route.ts';
import type { HandOverDraft } from './hand-over-draft.ts';
import { playSound } from './play-sound.ts';
import { useRecorder } from './use-recorder.ts';

interface Props {
  readonly pass: string;
  readonly draft: HandOverDraft;
  readonly go: Go;
}

/** 语音留言: at most a minute, from one touch to the next, heard again before it is used. */
export function RecordStep({ pass, draft, go }: Props): ReactElement {
  const { t } = useWords();
  const [voice, setVoice] = useState(draft.voice);
  const { isShut } = useKiosk().shutter;
  const recorder = useRecorder(isShut, setVoice);
  const { state, seconds, level } = recorder;
  const isRecording = state === 'recording';
  const back = (next: HandOverDraft): void =>
    go({ page: 'hand-over', step: 'leave', pass, draft: next });
  return (
    <main className="page hand-over-record">
      <PageHead onBack={() => back(draft)} hint={t('handOver.recordHint')}>
        <TwoLines textKey="handOver.record" />
      </PageHead>
      <div className="recorder">
        {isShut || state === 'absent' ? (
          <TwoLines textKey={isShut ? 'shutter.shutHint' : 'handOver.noMicrophone'} />
        ) : (
          <>
            <strong className="recorder-seconds">
              {t('handOver.seconds', {
                count: isRecording ? seconds : (voice?.seconds ?? 0),
                of: handOverLimits.voiceSeconds,
              })}
            </strong>
            <meter
              className="self-test-level"
              aria-label={t('handOver.level')}
              min={0}
              max={0.5}
              value={isRecording ? level : 0}
            />
            <button
              type="button"
              className={isRecording ? 'way recorder-on' : 'way way-main'}
              disabled={state === 'opening'}
              onClick={isRecording ? recorder.stop : recorder.start}
            >
              <Icon name={isRecording ? 'stop' : 'microphone'} />
              <TwoLines textKey={startKey(isRecording, voice !== null)} />
            </button>
          </>
        )}
      </div>
      <div className="recorder-ways">
        {voice !== null && !isRecording && (
          <>
            <Way
              icon="speaker"
              textKey="handOver.playDraft"
              onPress={() => void playSound(new Blob([Uint8Array.fromBase64(voice.sound)]))}
            />
            <Way
              icon="erase"
              textKey="handOver.discard"
              onPress={() => back({ ...draft, voice: null })}
            />
            <button
              type="button"
              className="way way-main"
              onClick={() => back({ ...draft, voice })}
            >
              <TwoLines textKey="handOver.use" />
            </button>
          </>
        )}
      </div>
    </main>
  );
}

function startKey(isRecording: boolean, hasVoice: boolean): string {
  if (isRecording) return 'handOver.stop';
  return hasVoice ? 'handOver.again' : 'handOver.start';
}
