import { useWords } from '@sightline/look';
import { useEffect, useState } from 'react';

/** Says a text aloud once, where this machine has a voice of the page's language. */
export function useSpokenNotice(text: string, isDue: boolean): 'spoken' | 'tone-only' {
  const { language } = useWords();
  const voice = useVoiceOf(language);
  useEffect(() => {
    if (!isDue || voice === null) return undefined;
    const said = new SpeechSynthesisUtterance(text);
    said.voice = voice;
    said.lang = voice.lang;
    speechSynthesis.speak(said);
    return () => speechSynthesis.cancel();
  }, [isDue, voice, text]);
  return voice === null ? 'tone-only' : 'spoken';
}

/** Voices come some time after the page. */
function useVoiceOf(language: string): SpeechSynthesisVoice | null {
  const [voices, setVoices] = useState(() => speechSynthesis.getVoices());
  useEffect(() => {
    const look = (): void => setVoices(speechSynthesis.getVoices());
    speechSynthesis.addEventListener('voiceschanged', look);
    return () => speechSynthesis.removeEventListener('voiceschanged', look);
  }, []);
  return voices.find(({ lang }) => lang.toLowerCase().startsWith(language)) ?? null;
}
