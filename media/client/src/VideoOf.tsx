import { useEffect, useRef, type ReactElement } from 'react';

interface Props {
  readonly track: MediaStreamTrack;
  readonly className?: string | undefined;
  /** Says what it shows to those who do not see it. */
  readonly label: string;
}

/** A moving picture without sound. */
export function VideoOf({ track, className, label }: Props): ReactElement {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const { current } = video;
    if (current === null) return undefined;
    current.srcObject = new MediaStream([track]);
    return () => {
      current.srcObject = null;
    };
  }, [track]);
  return <video ref={video} className={className} aria-label={label} autoPlay muted playsInline />;
}
