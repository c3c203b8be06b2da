import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that writes what it likes: no library between it and the server. */
export interface RawReply {
  /** 0 = the connection ended without one. */
  readonly status: number;
  readonly text: string;
}

const patienceMs = 60_000;

/** Everything the server says until it closes, or until a whole reply with a length is there. */
export async function sendRaw(
  port: number,
  text: string | Buffer,
  { localAddress = '127.0.0.1' }: { readonly localAddress?: string } = {},
): Promise<RawReply> {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  socket.setTimeout(patienceMs, () => socket.destroy());
  await once(socket, 'connect');
  socket.write(text);
  const said = await readAll(socket);
  socket.destroy();
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? 0), text: said };
}

function readAll(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    const finish = () => resolve(said);
    socket.on('data', (bytes: Buffer) => {
      said += bytes.toString('latin1');
      if (isWhole(said)) finish();
    });
    socket.on('error', finish);
    socket.on('close', finish);
  });
}

function isWhole(said: string): boolean {
  const end = said.indexOf('\r\n\r\n');
  const length = /^content-length: (\d+)/im.exec(said)?.[1];
  return end !== -1 && length !== undefined && said.length - end - 4 >= Number(length);
}

/** The lines of a request, ended as HTTP ends them. */
export function request(lines: readonly string[], body = ''): string {
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
