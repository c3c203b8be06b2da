import type { WebSocket } from '@fastify/websocket';
import type { CameraState, KioskMessage, KioskPageMessage } from '@sightline/contracts';
import type { RgbFrame } from '@sightline/models';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { Camera, PageCamera } from '#camera/camera.ts';
import { decodeFrame } from '#domain/frame-codec.ts';
import { fullPace, takeFrame } from '#domain/frame-pace.ts';
import { mostPicturesPerS } from '#domain/meeting-picture.ts';
import { createAgentPictures } from '#kiosk/agent-pictures.ts';
import { kioskLimits } from '#kiosk/limits.ts';

/** The pages that are open, and the camera between them and the agent. */
export interface SocketHub {
  /** Takes a page in; it is told `hello` first. */
  join(socket: WebSocket, hello: KioskMessage): void;
  tell(message: KioskMessage): void;
  /** A picture of the agent's own camera, to those pages that may see it now. */
  show(frame: RgbFrame, isSession: boolean): void;
  /** Whether a page is in a meeting and shows it what the agent's camera sees. */
  isShownToMeeting(): boolean;
}

const states: readonly CameraState[] = ['ready', 'absent', 'busy', 'failed'];
const closed = { additionalProperties: false } as const;
const pageMessageCheck = Compile(
  Type.Union([
    Type.Object(
      {
        kind: Type.Literal('camera'),
        state: Type.Union(states.map((state) => Type.Literal(state))),
        detail: Type.Union([Type.String({ maxLength: 256 }), Type.Null()]),
      },
      closed,
    ),
    Type.Object(
      {
        kind: Type.Literal('pictures'),
        perS: Type.Integer({ minimum: 0, maximum: mostPicturesPerS }),
      },
      closed,
    ),
    Type.Object({ kind: Type.Literal('picture-seen') }, closed),
  ]),
);

export interface HubRules {
  /** Nothing passes then: what a page sends of its camera all the same is thrown away. */
  readonly isShut: () => boolean;
  /** Whether a meeting goes on that somebody here said yes to. */
  readonly isInMeeting: () => boolean;
}

export function createSocketHub(
  camera: Camera | PageCamera,
  { isShut, isInMeeting }: HubRules,
): SocketHub {
  const pictures = createAgentPictures();
  const sockets = new Set<WebSocket>();
  const pageCamera = isPageCamera(camera) ? camera : null;
  let owner: WebSocket | null = null;

  function leave(socket: WebSocket): void {
    sockets.delete(socket);
    pictures.leave(socket);
    if (owner !== socket) return;
    owner = null;
    pageCamera?.tell({ state: 'absent', detail: 'The kiosk page was closed.' });
  }

  function hear(socket: WebSocket, message: KioskPageMessage): void {
    if (message.kind === 'pictures') return pictures.want(socket, message.perS);
    if (message.kind === 'picture-seen') return pictures.seen(socket);
    if (pageCamera === null || (owner !== null && owner !== socket)) return;
    owner = message.state === 'ready' ? socket : null;
    pageCamera.tell({ state: message.state, detail: message.detail });
  }

  function offer(socket: WebSocket, bytes: Uint8Array): boolean {
    const frame = decodeFrame(bytes);
    if ('problem' in frame) return false;
    if (owner === socket && !isShut()) pageCamera?.offer(frame);
    return true;
  }

  return {
    join(socket, hello) {
      if (sockets.size >= kioskLimits.sockets) {
        socket.close(1013, 'Too many kiosk pages are open.');
        return;
      }
      sockets.add(socket);
      const take = messageTaker({
        onText: (message) => hear(socket, message),
        onBytes: (bytes) => offer(socket, bytes),
      });
      socket.on('message', (data, isBinary) => {
        const complaint = take(bytesOf(data), isBinary);
        if (complaint !== null) socket.close(1008, complaint);
      });
      socket.on('close', () => leave(socket));
      socket.on('error', () => socket.terminate());
      socket.send(JSON.stringify(hello));
    },
    tell(message) {
      const text = JSON.stringify(message);
      for (const socket of sockets) {
        if (socket.bufferedAmount > kioskLimits.socketBytes) socket.terminate();
        else socket.send(text);
      }
    },
    show(frame, isSession) {
      if (camera.owner !== 'agent' || isShut()) return;
      const isMeeting = pictures.isWanted() && isInMeeting();
      pictures.send(frame, sockets, { isSession, isMeeting });
    },
    isShownToMeeting: () => pictures.isWanted() && isInMeeting(),
  };
}

interface Takers {
  readonly onText: (message: KioskPageMessage) => void;
  readonly onBytes: (bytes: Uint8Array) => boolean;
}

/** Reads one page's messages at a bounded pace; a complaint ends the connection. */
function messageTaker({
  onText,
  onBytes,
}: Takers): (b: Uint8Array, isBinary: boolean) => string | null {
  let pace = fullPace(kioskLimits.frames, performance.now());
  let flooded = 0;
  return (bytes, isBinary) => {
    const taken = takeFrame(pace, kioskLimits.frames, performance.now());
    pace = taken.pace;
    flooded = taken.passes ? Math.max(0, flooded - 1) : flooded + 1;
    if (flooded > kioskLimits.floodedFrames) return 'Too many messages.';
    if (!isBinary) {
      const message = parsePageMessage(bytes);
      if (message === null) return 'Not a message of the kiosk.';
      onText(message);
      return null;
    }
    if (!taken.passes) return null; // Drop this frame: the next one is newer anyway.
    return onBytes(bytes) ? null : 'Not a frame of the kiosk.';
  };
}

function parsePageMessage(bytes: Uint8Array): KioskPageMessage | null {
  if (bytes.byteLength > kioskLimits.textBytes) return null;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return pageMessageCheck.Check(value) ? value : null;
  } catch {
    return null;
  }
}

function bytesOf(data: Buffer | ArrayBuffer | Buffer[]): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

function isPageCamera(camera: Camera | PageCamera): camera is PageCamera {
  return camera.owner === 'page';
}
