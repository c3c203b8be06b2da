import {
  signallingLimits,
  refuse,
  type Refusal,
  type SignalAnswer,
  type SignalName,
  type SignalReplies,
  type SignalRequest,
  type SignalWords,
} from '@sightline/contracts';
import { io, type Socket } from 'socket.io-client';
import { clientLimits } from '#limits.ts';
import { leftForAnswerMs, whenOutOfPatience } from '#patience.ts';

export const signalPath = '/signal';

/** Asks one thing of the media server. A refusal, a missing answer and a lost link are all values. */
export type Ask = <Name extends SignalName>(
  name: Name,
  body: SignalRequest<Name>,
) => Promise<SignalReplies[Name] | Refusal>;

/** One connection, from its opening to its end; the next is another. */
export interface SignalLink {
  readonly ask: Ask;
  /** Fulfilled when the connection is gone, whoever ended it. */
  readonly ended: Promise<void>;
  /** Since anything at all was heard, milliseconds: bytes that move are a connection that lives. */
  readonly quietMs: () => number;
  close(): void;
}

export interface SignalLinkOptions {
  readonly mediaUrl: string;
  readonly token: string;
  readonly words: SignalWords;
  /** How long an answer is waited for on a connection that is silent; to come in may take a thin link longer. */
  readonly patienceMs: () => number;
  /** Ends the attempt. */
  readonly signal: AbortSignal;
}

/** Connects once. Refused with one of `signalRefusals`, or `unreachable`. */
export async function openSignalLink(options: SignalLinkOptions): Promise<SignalLink | Refusal> {
  const { mediaUrl, token, words, signal, patienceMs } = options;
  const socket: Socket = io(mediaUrl, {
    path: signalPath,
    auth: { token },
    transports: ['websocket'],
    // When to try again is decided in one place: openMeeting.
    reconnection: false,
    forceNew: true,
    autoConnect: false,
    timeout: clientLimits.connectMs,
  });
  for (const [name, hear] of Object.entries(words)) socket.on(name, hear);
  const refusal = await connect(socket, signal);
  if (refusal !== null) {
    socket.close();
    return refusal;
  }
  return linkOn(socket, patienceMs);
}

function connect(socket: Socket, signal: AbortSignal): Promise<Refusal | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(
      () => resolve(unreachable('It did not answer in time.')),
      clientLimits.connectMs,
    );
    const settle = (refusal: Refusal | null): void => {
      clearTimeout(timer);
      resolve(refusal);
    };
    socket.once('connect', () => settle(null));
    socket.once('connect_error', (error: Error) => settle(refusalOf(error)));
    signal.addEventListener('abort', () => settle(unreachable('The page was left.')), {
      once: true,
    });
    socket.connect();
  });
}

function linkOn(socket: Socket, patienceMs: () => number): SignalLink {
  let open = 0;
  let heardMs = performance.now();
  socket.io.engine.on('packet', () => {
    heardMs = performance.now();
  });
  const ended = new Promise<void>((resolve) => {
    if (!socket.connected) resolve();
    socket.once('disconnect', () => resolve());
  });
  const quietMs = (): number => performance.now() - heardMs;
  return {
    ended,
    quietMs,
    close: () => void socket.close(),
    async ask(name, body) {
      if (!socket.connected) return noAnswer('There is no connection to the media server.');
      if (open >= signallingLimits.inFlight) {
        return refuse('too-many', 'Too many requests wait for the media server.');
      }
      open += 1;
      const { promise: silence, reject: giveUp } = Promise.withResolvers<never>();
      const stopWaiting = isOfEntering(name)
        ? () => undefined
        : whenOutOfPatience((ms) => leftForAnswerMs(ms, quietMs(), patienceMs()), giveUp);
      try {
        const said = socket.timeout(signallingLimits.requestMs).emitWithAck(name, body);
        // The server's own answer, whose shape `signalling.ts` fixes.
        const answer = (await Promise.race([said, silence])) as SignalAnswer<typeof name>;
        return answer.ok ? answer : refuse(answer.code, answer.detail);
      } catch {
        return noAnswer('The media server does not answer.');
      } finally {
        stopWaiting();
        open -= 1;
      }
    },
  };
}

/** Their answers are the largest, and nothing is known of the link yet. */
function isOfEntering(name: SignalName): boolean {
  return name === 'capabilities' || name === 'enter';
}

function noAnswer(detail: string): Refusal {
  return refuse('no-answer', detail);
}

function unreachable(detail: string): Refusal {
  return refuse('unreachable', `The media server cannot be reached. ${detail}`);
}

/** A refused connection carries `data: {code, detail}`; anything else was not reached. */
function refusalOf(error: Error): Refusal {
  const said: unknown = 'data' in error ? error.data : null;
  if (typeof said !== 'object' || said === null) return unreachable(error.message);
  const code: unknown = Reflect.get(said, 'code');
  const detail: unknown = Reflect.get(said, 'detail');
  if (typeof code !== 'string') return unreachable(error.message);
  return refuse(code, typeof detail === 'string' ? detail : '');
}
