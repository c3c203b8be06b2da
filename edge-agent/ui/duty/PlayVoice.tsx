import { useState, type ReactElement } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { RefusalText } from '../parts/RefusalText.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { playSound } from './play-sound.ts';
import { fetchVoice } from './fetch-voice.ts';

interface Props {
  readonly pass: string;
  readonly itemId: string;
  readonly seconds: number;
}

/** 听语音留言. */
export function PlayVoice({ pass, itemId, seconds }: Props): ReactElement {
  const [state, setState] = useState<'still' | 'playing' | 'gone'>('still');

  async function play(): Promise<void> {
    setState('playing');
    const sound = await fetchVoice({ pass, itemId });
    const isPlayed = sound !== null && (await playSound(sound));
    setState(isPlayed ? 'still' : 'gone');
  }

  if (state === 'gone') return <RefusalText code="voice-gone" />;
  return (
    <button
      type="button"
      className="way"
      disabled={state === 'playing'}
      onClick={() => void play()}
    >
      <Icon name="speaker" />
      <TwoLines
        textKey={state === 'playing' ? 'handOver.playing' : 'handOver.play'}
        values={{ count: seconds }}
      />
    </button>
  );
}
