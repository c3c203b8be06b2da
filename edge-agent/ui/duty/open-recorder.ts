import { handOverLimits } from '@sightline/contracts';

export interface Recorded {
  readonly seconds: number;
  /** WebM, base64. */
  readonly sound: string;
}

export interface Recorder {
  /** Ends it and gives what was said. */
  stop(): Promise<Recorded>;
  /** Ends it; what was said is gone. */
  close(): void;
}

export interface Heard {
  readonly seconds: number;
  readonly level: number;
}

const tellMs = 100;
const samplesHeard = 2_048;
const form = { mimeType: 'audio/webm;codecs=opus', audioBitsPerSecond: 24_000 };

/** Opens the microphone and records at once; null = there is none, or it may not be used. */
export async function openRecorder(onHeard: (heard: Heard) => void): Promise<Recorder | null> {
  // Absent on an address that is neither local nor https, whatever the types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) return null;
  try {
    return record(await devices.getUserMedia({ audio: true }), onHeard);
  } catch {
    return null;
  }
}

function record(stream: MediaStream, onHeard: (heard: Heard) => void): Recorder {
  const startedAt = performance.now();
  const secondsSoFar = (): number => (performance.now() - startedAt) / 1000;
  const ear = openEar(stream);
  const telling = setInterval(
    () => onHeard({ seconds: Math.floor(secondsSoFar()), level: ear.level() }),
    tellMs,
  );
  const recorder = new MediaRecorder(stream, form);
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  recorder.start();
  const close = (): void => {
    clearInterval(telling);
    ear.close();
    if (recorder.state !== 'inactive') recorder.stop();
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    close,
    async stop() {
      const seconds = Math.min(
        handOverLimits.voiceSeconds,
        Math.max(1, Math.round(secondsSoFar())),
      );
      const ended = new Promise((resolve) =>
        recorder.addEventListener('stop', resolve, { once: true }),
      );
      close();
      await ended;
      return { seconds, sound: await toBase64(new Blob(parts)) };
    },
  };
}

function openEar(stream: MediaStream): { level(): number; close(): void } {
  const sound = new AudioContext();
  const ear = sound.createAnalyser();
  ear.fftSize = samplesHeard;
  sound.createMediaStreamSource(stream).connect(ear);
  const samples = new Float32Array(ear.fftSize);
  return {
    level() {
      ear.getFloatTimeDomainData(samples);
      const sum = samples.reduce((total, sample) => total + sample * sample, 0);
      return Math.min(1, Math.sqrt(sum / samples.length));
    },
    close: () => void sound.close(),
  };
}

async function toBase64(blob: Blob): Promise<string> {
  return new Uint8Array(await blob.arrayBuffer()).toBase64();
}
