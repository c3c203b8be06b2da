import { decodeFrame, type KioskFrame } from '#domain/frame-codec.ts';
import { mostPicturesPerS } from '#domain/meeting-picture.ts';
import { unpackPixels } from '../camera/pack-frame.ts';
import type { KioskLink } from '../link/kiosk-link.ts';

const markPx = { band: 48, text: 26 } as const;
/** Below what a place of 16:9 cuts off a picture of 4:3, and above its caption. */
const markFrom = 0.14;

interface Wanted {
  /** Written into every picture: nobody stood there; null = somebody may. */
  readonly mark: string | null;
  /** Told once, with the first picture: a track is never black before it. */
  readonly onTrack: (track: MediaStreamTrack) => void;
}

/**
 * The agent's camera as a track of this page: its pictures over the socket, drawn on a canvas that is
 * captured whenever it changes. Nothing is asked of the camera after the signal.
 */
export function openAgentTrack(
  link: KioskLink,
  { mark, onTrack }: Wanted,
  signal: AbortSignal,
): void {
  const canvas = document.createElement('canvas');
  // The pixels come from here and are read back for the capture: a graphics card would only be in the way.
  const pen = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (pen === null) return;
  let picture: ImageData | null = null;
  const font = `${markPx.text}px ${getComputedStyle(document.body).fontFamily}`;
  if (mark !== null) void document.fonts.load(font, mark);
  const unlisten = link.onPicture((message) => {
    const frame = decodeFrame(new Uint8Array(message));
    if ('problem' in frame) return;
    const isFirst = picture === null;
    picture = fitTo(frame, { canvas, pen, picture });
    unpackPixels(frame.pixels, picture.data);
    pen.putImageData(picture, 0, 0);
    if (mark !== null) drawMark(pen, mark, font);
    if (isFirst) capture(canvas, onTrack, signal);
  });
  link.wantPictures(mostPicturesPerS);
  signal.addEventListener(
    'abort',
    () => {
      unlisten();
      link.wantPictures(0);
    },
    { once: true },
  );
}

interface Sheet {
  readonly canvas: HTMLCanvasElement;
  readonly pen: CanvasRenderingContext2D;
  readonly picture: ImageData | null;
}

function fitTo({ width, height }: KioskFrame, { canvas, pen, picture }: Sheet): ImageData {
  if (picture?.width === width && picture.height === height) return picture;
  canvas.width = width;
  canvas.height = height;
  return pen.createImageData(width, height);
}

function capture(
  canvas: HTMLCanvasElement,
  onTrack: (track: MediaStreamTrack) => void,
  signal: AbortSignal,
): void {
  const [track] = canvas.captureStream().getVideoTracks();
  if (track === undefined) return;
  signal.addEventListener('abort', () => track.stop(), { once: true });
  onTrack(track);
}

/** Part of the picture itself: whoever sees it, in any tier, still or recording, reads it. */
function drawMark(pen: CanvasRenderingContext2D, mark: string, font: string): void {
  const { width, height } = pen.canvas;
  const top = Math.round(height * markFrom);
  pen.fillStyle = '#0a0f18';
  pen.fillRect(0, top, width, markPx.band);
  pen.fillStyle = '#d9a441';
  pen.font = font;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(mark, width / 2, top + markPx.band / 2, width);
}
