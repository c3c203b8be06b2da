import { useEffect, useRef, type ReactElement } from 'react';
import type { MeetingVoice } from '#meeting-client.ts';

/** Plays every voice; nothing is seen of it. */
export function VoicesOf({ voices }: { readonly voices: readonly MeetingVoice[] }): ReactElement {
  return (
    <div hidden>
      {voices.map(({ seatId, source, track }) => (
        <Voice key={`${seatId} ${source} ${track.id}`} of={`${seatId} ${source}`} track={track} />
      ))}
    </div>
  );
}

function Voice(props: { readonly of: string; readonly track: MediaStreamTrack }): ReactElement {
  const { of, track } = props;
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const { current } = audio;
    if (current === null) return undefined;
    current.srcObject = new MediaStream([track]);
    return () => {
      current.srcObject = null;
    };
  }, [track]);
  return <audio ref={audio} data-voice={of} autoPlay />;
}
