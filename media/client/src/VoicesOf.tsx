import { useEffect, useRef, type ReactElement } from 'react';
import type { MeetingVoice } from '#meeting-client.ts';

/** Plays every voice; nothing is seen of it. */
export function VoicesOf({ voices }: { readonly voices: readonly MeetingVoice[] }): ReactElement {
  return (
    <div hidden>
      {voices.map(({ seatId, source, track }) => (
        <Voice key={`${seatId} ${source} ${track.id}`} track={track} />
      ))}
    </div>
  );
}

function Voice({ track }: { readonly track: MediaStreamTrack }): ReactElement {
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const { current } = audio;
    if (current === null) return undefined;
    current.srcObject = new MediaStream([track]);
    return () => {
      current.srcObject = null;
    };
  }, [track]);
  return <audio ref={audio} autoPlay />;
}
