import type { Face, FoundFace } from '#domain/face.ts';
import type { FaceReaderFault } from '#face-reader.ts';
import type { Manifest } from '#manifest.ts';

/** What the thread is started with. */
export interface WorkerStart {
  readonly manifest: Manifest;
  readonly weightsDir: string;
}

/** To the thread: one frame, and how much is asked of it. */
export interface WorkerRequest {
  readonly id: number;
  readonly ask: 'find' | 'read';
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** From the thread. The answer to a frame brings the frame's memory back for the next one. */
export type WorkerAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unready'; readonly fault: FaceReaderFault; readonly message: string }
  | FrameAnswer;

export type FrameAnswer = { readonly id: number; readonly pixels?: Uint8Array<ArrayBuffer> } & (
  | { readonly kind: 'found'; readonly faces: FoundFace[] }
  | { readonly kind: 'read'; readonly faces: Face[] }
  | { readonly kind: 'failed'; readonly message: string }
);
