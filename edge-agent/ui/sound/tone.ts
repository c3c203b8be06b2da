export type Tone = 'good' | 'again' | 'no' | 'now' | 'back' | 'ring';

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
  now: [
    { hertz: 988, atS: 0, lengthS: 0.09 },
    { hertz: 988, atS: 0.16, lengthS: 0.12 },
  ],
  ring: [
    { hertz: 740, atS: 0, lengthS: 0.22 },
    { hertz: 932, atS: 0.24, lengthS: 0.22 },
    { hertz: 740, atS: 0.48, lengthS: 0.3 },
  ],
  back: [{ hertz: 784, atS: 0, lengthS: 0.12 }],
};

const fadeS = 0.02;
/** After the last note; also where sound is not allowed and no note is ever played. */
const closeAfterMs = 1_000;

/**
 * One short tone: rising for yes, falling for no, twice the same for "do this now", once for "come
 * back" (who has turned away sees no screen). Silent where sound is not allowed.
 */
export function playTone(tone: Tone): void {
  const sound = new AudioContext();
  for (const { hertz, atS, lengthS } of tones[tone]) {
    const from = sound.currentTime + atS;
    const voice = sound.createOscillator();
    const loudness = sound.createGain();
    voice.frequency.value = hertz;
    loudness.gain.setValueAtTime(0, from);
    loudness.gain.linearRampToValueAtTime(0.25, from + fadeS);
    loudness.gain.linearRampToValueAtTime(0, from + lengthS);
    voice.connect(loudness).connect(sound.destination);
    voice.start(from);
    voice.stop(from + lengthS);
  }
  setTimeout(() => void sound.close(), closeAfterMs);
}
