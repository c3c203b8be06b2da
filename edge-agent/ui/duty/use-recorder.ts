import { handOverLimits } from '@sightline/contracts';
import { useEffect, useRef, useState } from 'react';
import { openRecorder, type Recorder, type Recorded } from './open-recorder.ts';

export interface RecorderView {
  /** `absent`: there is no microphone, or it may not be used. */
  readonly state: 'idle' | 'opening' | 'recording' | 'absent';
  readonly seconds: number;
  /** Loudness now, 0 to 1. */
  readonly level: number;
  readonly start: () => void;
  readonly stop: () => void;
}

/** The microphone, open from an explicit touch until the next one, a minute, the shutter, or the page's end. */
export function useRecorder(
  isShut: boolean,
  onRecorded: (recorded: Recorded) => void,
): RecorderView {
  const recorder = useRef<Recorder | null>(null);
  const shut = useRef(isShut);
  const [state, setState] = useState<RecorderView['state']>('idle');
  const [{ seconds, level }, setHeard] = useState({ seconds: 0, level: 0 });
  useEffect(
    () => () => {
      recorder.current?.close();
      recorder.current = null;
    },
    [],
  );

  useEffect(() => {
    shut.current = isShut;
    if (!isShut) return;
    recorder.current?.close();
    recorder.current = null;
    setState('idle');
  }, [isShut]);

  async function stop(): Promise<void> {
    const running = recorder.current;
    recorder.current = null;
    if (running === null) return;
    setState('idle');
    onRecorded(await running.stop());
  }

  async function start(): Promise<void> {
    if (isShut) return;
    setState('opening');
    const opened = await openRecorder((heard) => {
      setHeard(heard);
      if (heard.seconds >= handOverLimits.voiceSeconds) void stop();
    });
    if (shut.current) {
      opened?.close();
      return;
    }
    recorder.current = opened;
    setState(opened === null ? 'absent' : 'recording');
  }

  return { state, seconds, level, start: () => void start(), stop: () => void stop() };
}
