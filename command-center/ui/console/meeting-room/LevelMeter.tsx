import { useWords } from '@sightline/look';
import { useEffect, useState, type ReactElement } from 'react';

const everyMs = 100;
/** A voice at arm's length fills about half of the bar. */
const gain = 4;

/** How loud the microphone is, ten times a second. */
export function LevelMeter({ track }: { readonly track: MediaStreamTrack | null }): ReactElement {
  const { t } = useWords();
  const level = useLevel(track);
  return (
    <span className="level" role="img" aria-label={t('room.device.level')}>
      <span className="level-bar" style={{ width: `${Math.round(level * 100)}%` }} />
    </span>
  );
}

/** 0 … 1. */
function useLevel(track: MediaStreamTrack | null): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (track === null) return undefined;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
      setLevel(Math.min(1, Math.sqrt(power) * gain));
    }, everyMs);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [track]);
  return track === null ? 0 : level;
}
