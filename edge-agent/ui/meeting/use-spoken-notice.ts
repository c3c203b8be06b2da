import { useWords, type Language } from '@sightline/look';
import { useEffect, useEffectEvent, useState } from 'react';
import { chooseVoice } from './choose-voice.ts';

/** Says a text aloud once, in the page's language or in Chinese, where this machine has a voice of either. */
export function useSpokenNotice(
  textIn: (language: Language) => string,
  isDue: boolean,
): 'spoken' | 'tone-only' {
  const { language } = useWords();
  const found = chooseVoice(useVoices(), language);
  const say = useEffectEvent(() => {
    if (found === null) return;
    const said = new SpeechSynthesisUtterance(textIn(found.language));
    said.voice = found.voice;
    said.lang = found.voice.lang;
    speechSynthesis.speak(said);
  });
  const isHeard = found !== null;
  useEffect(() => {
    if (!isDue || !isHeard) return undefined;
    say();
    return () => speechSynthesis.cancel();
  }, [isDue, isHeard]);
  return isHeard ? 'spoken' : 'tone-only';
}

/** Voices come some time after the page. */
function useVoices(): readonly SpeechSynthesisVoice[] {
  const [voices, setVoices] = useState(() => speechSynthesis.getVoices());
  useEffect(() => {
    const look = (): void => setVoices(speechSynthesis.getVoices());
    speechSynthesis.addEventListener('voiceschanged', look);
    return () => speechSynthesis.removeEventListener('voiceschanged', look);
  }, []);
  return voices;
}
