import { frameHeaderBytes, frameLimits } from '@sightline/contracts';

/** One camera frame on the kiosk's WebSocket: header and RGB, see `contracts/kiosk.ts`. */
export interface KioskFrame {
  readonly width: number;
  readonly height: number;
  /** Rises by one each frame, wraps at 2³². */
  readonly counter: number;
  /** `width * height * 3` bytes. */
  readonly pixels: Uint8Array;
}

export type FrameProblem = { readonly problem: string };

/** A message with room for a frame's pixels; `pixels` is a view into it, to be filled in place. */
export function emptyFrameMessage(
  width: number,
  height: number,
  counter: number,
): { readonly message: Uint8Array<ArrayBuffer>; readonly pixels: Uint8Array<ArrayBuffer> } {
  const buffer = new ArrayBuffer(frameHeaderBytes + width * height * 3);
  const header = new DataView(buffer);
  header.setUint16(0, width, true);
  header.setUint16(2, height, true);
  header.setUint32(4, counter % 2 ** 32, true);
  return { message: new Uint8Array(buffer), pixels: new Uint8Array(buffer, frameHeaderBytes) };
}

export function encodeFrame(frame: KioskFrame): Uint8Array<ArrayBuffer> {
  const { message, pixels } = emptyFrameMessage(frame.width, frame.height, frame.counter);
  pixels.set(frame.pixels);
  return message;
}

/** The frame in a message (its pixels are a view, not a copy), or what is wrong. Never throws. */
export function decodeFrame(message: Uint8Array): KioskFrame | FrameProblem {
  if (message.byteLength < frameHeaderBytes) return { problem: 'The frame has no header.' };
  const header = new DataView(message.buffer, message.byteOffset, frameHeaderBytes);
  const width = header.getUint16(0, true);
  const height = header.getUint16(2, true);
  if (width === 0 || height === 0) return { problem: `A frame of ${width}×${height} is empty.` };
  if (width > frameLimits.widthPx || height > frameLimits.heightPx) {
    return { problem: `A frame of ${width}×${height} is larger than 1920×1080.` };
  }
  const expected = frameHeaderBytes + width * height * 3;
  if (message.byteLength !== expected) {
    return { problem: `The frame has ${message.byteLength} bytes; ${expected} are expected.` };
  }
  const pixels = message.subarray(frameHeaderBytes);
  return { width, height, counter: header.getUint32(4, true), pixels };
}
