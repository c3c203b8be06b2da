export type Tone = 'good' | 'again' | 'no';

interface Note {
  readonly hertz: number;
  readonly atS: number;
  readonly lengthS: number;
}

const tones: Readonly<Record<Tone, readonly Note[]>> = {
  good: [
    { hertz: 660, atS: 0, lengthS: 0.14 },
    { hertz: 880, atS: 0.13, lengthS: 0.26 },
  ],
  again: [{ hertz: 660, atS: 0, lengthS: 0.22 }],
  no: [
    { hertz: 330, atS: 0, lengthS: 0.16 },
    { hertz: 262, atS: 0.17, lengthS: 0.28 },
  ],
};

/** One short tone for an answer: rising for yes, falling for no. Silent where sound is not allowed. */
export function playTone(tone: Tone): void {
  const sound = new AudioContext();
  const notes = tones[tone];
  for (const { hertz, atS, lengthS } of notes) {
    const from = sound.currentTime + atS;
    const voice = sound.createOscillator();
    const loudness = sound.createGain();
    voice.frequency.value = hertz;
    loudness.gain.setValueAtTime(0, from);
    loudness.gain.linearRampToValueAtTime(0.25, from + 0.02);
    loudness.gain.linearRampToValueAtTime(0, from + lengthS);
    voice.connect(loudness).connect(sound.destination);
    voice.start(from);
    voice.stop(from + lengthS);
    if (notes.at(-1)?.atS === atS) voice.addEventListener('ended', () => void sound.close());
  }
}
