import { useEffect, useState } from 'react';

const everyMs = 100;
const samplesHeard = 2_048;
/** Louder than a quiet room, softer than a voice beside the terminal. */
const heardAtLevel = 0.02;

/** How loud a track is now, 0 to 1, and whether a voice was heard at least once. */
export function useLevel(track: MediaStreamTrack | null): {
  readonly level: number;
  readonly wasHeard: boolean;
} {
  const [level, setLevel] = useState(0);
  const [wasHeard, setHeard] = useState(false);
  useEffect(() => {
    if (track === null) return undefined;
    const sound = new AudioContext();
    const ear = sound.createAnalyser();
    ear.fftSize = samplesHeard;
    sound.createMediaStreamSource(new MediaStream([track])).connect(ear);
    const samples = new Float32Array(ear.fftSize);
    const timer = setInterval(() => {
      ear.getFloatTimeDomainData(samples);
      const sum = samples.reduce((total, sample) => total + sample * sample, 0);
      const now = Math.min(1, Math.sqrt(sum / samples.length));
      setLevel(now);
      if (now >= heardAtLevel) setHeard(true);
    }, everyMs);
    return () => {
      clearInterval(timer);
      void sound.close();
    };
  }, [track]);
  return { level, wasHeard };
}
