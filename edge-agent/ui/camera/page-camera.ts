import { packFrame } from './pack-frame.ts';

export type CameraTrouble = 'absent' | 'denied' | 'busy' | 'failed' | 'shut';

const size = { width: 640, height: 480 } as const;
const frameMs = 80;

/** The camera of this page, while a session needs it. */
export interface PageCamera {
  readonly stream: MediaStream;
  close(): void;
}

/** Opens the browser's camera, or says why not. */
export async function openPageCamera(): Promise<PageCamera | CameraTrouble> {
  // Absent on an address that is neither local nor https, whatever the types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) return 'denied';
  try {
    const stream = await devices.getUserMedia({
      audio: false,
      video: { width: { ideal: size.width }, height: { ideal: size.height }, facingMode: 'user' },
    });
    return {
      stream,
      close() {
        for (const track of stream.getTracks()) track.stop();
      },
    };
  } catch (error) {
    return troubleOf(error);
  }
}

function troubleOf(error: unknown): CameraTrouble {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'absent';
  return name === 'NotReadableError' ? 'busy' : 'failed';
}

/** Sends the video's pictures to the agent, some twelve a second, until the signal ends it. */
export function sendFrames(
  video: HTMLVideoElement,
  send: (message: Uint8Array<ArrayBuffer>) => void,
  signal: AbortSignal,
): void {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (pen === null) return;
  let counter = 0;
  const timer = setInterval(() => {
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    const cut = middleOf(video.videoWidth, video.videoHeight);
    pen.drawImage(video, cut.x, cut.y, cut.width, cut.height, 0, 0, size.width, size.height);
    counter += 1;
    send(packFrame(pen.getImageData(0, 0, size.width, size.height), counter));
  }, frameMs);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

/** The largest part of a picture in the frame's proportions, from its middle. */
function middleOf(
  width: number,
  height: number,
): {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
} {
  const scale = Math.min(width / size.width, height / size.height);
  const cut = { width: size.width * scale, height: size.height * scale };
  return { ...cut, x: (width - cut.width) / 2, y: (height - cut.height) / 2 };
}
