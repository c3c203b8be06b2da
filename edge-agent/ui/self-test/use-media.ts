import { useEffect, useRef, useState, type RefObject } from 'react';
import { openPageCamera } from '../camera/page-camera.ts';

export interface Media {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly hasPicture: boolean | null;
  readonly hasMicrophone: boolean | null;
  /** Loudness now, 0 to 1. */
  readonly level: number;
  /** It was loud enough for a voice at least once. */
  readonly wasHeard: boolean;
}

/** Louder than a quiet room, softer than a voice beside the terminal. */
const heardAtLevel = 0.03;
const levelEveryMs = 100;
/** 170 ms at 48 kHz: no short sound falls between two looks. */
const samplesHeard = 8_192;
/** What a browser does to a voice for a call would hide how the microphone is. */
const asItIs = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** Picture and loudness for as long as the page is open: nothing is recorded, nothing leaves the page. */
export function useMedia(isPageCamera: boolean, isShut: boolean): Media {
  const video = useRef<HTMLVideoElement>(null);
  const [hasPicture, setPicture] = useState<boolean | null>(null);
  const [hasMicrophone, setMicrophone] = useState<boolean | null>(null);
  const [level, setLevel] = useState(0);
  const [wasHeard, setHeard] = useState(false);

  useEffect(() => {
    if (!isPageCamera) return undefined;
    if (isShut) {
      setPicture(false);
      return undefined;
    }
    return openWhileMounted(openPageCamera, (opened) => {
      setPicture(opened !== null);
      if (opened !== null && video.current !== null) video.current.srcObject = opened.stream;
    });
  }, [isPageCamera, isShut]);

  useEffect(() => {
    if (isShut) {
      setMicrophone(false);
      return undefined;
    }
    return openWhileMounted(
      () =>
        openMicrophone((loudness) => {
          setLevel(loudness);
          if (loudness >= heardAtLevel) setHeard(true);
        }),
      (opened) => setMicrophone(opened !== null),
    );
  }, [isShut]);
  return { video, hasPicture, hasMicrophone, level, wasHeard };
}

/** Opens something, tells what came of it, and closes it when the page is left, even if it comes late. */
function openWhileMounted<T extends { close(): void }>(
  open: () => Promise<T | string>,
  onOpen: (opened: T | null) => void,
): () => void {
  const leaving = new AbortController();
  void open().then((opened) => {
    if (typeof opened === 'string') {
      if (!leaving.signal.aborted) onOpen(null);
      return;
    }
    if (leaving.signal.aborted) {
      opened.close();
      return;
    }
    leaving.signal.addEventListener('abort', () => opened.close(), { once: true });
    onOpen(opened);
  });
  return () => leaving.abort();
}

async function openMicrophone(
  onLevel: (level: number) => void,
): Promise<{ close(): void } | 'absent'> {
  // Absent on an address that is neither local nor https, whatever the types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) return 'absent';
  try {
    const stream = await devices.getUserMedia({ audio: asItIs });
    const sound = new AudioContext();
    const ear = sound.createAnalyser();
    ear.fftSize = samplesHeard;
    sound.createMediaStreamSource(stream).connect(ear);
    const samples = new Float32Array(ear.fftSize);
    const timer = setInterval(() => {
      ear.getFloatTimeDomainData(samples);
      onLevel(Math.min(1, loudnessOf(samples)));
    }, levelEveryMs);
    return {
      close() {
        clearInterval(timer);
        for (const track of stream.getTracks()) track.stop();
        void sound.close();
      },
    };
  } catch {
    return 'absent'; // None, refused or in use: there is none to hear with.
  }
}

/** Root mean square of the samples. */
function loudnessOf(samples: Float32Array): number {
  const sum = samples.reduce((total, sample) => total + sample * sample, 0);
  return Math.sqrt(sum / samples.length);
}
