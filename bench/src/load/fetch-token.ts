import type { Device } from '@sightline/broker/testing';
import { connectText, NonceReply } from '@sightline/contracts';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { Compile } from 'typebox/compile';
import { limits } from '../limits.ts';

const replyCheck = Compile(NonceReply);

/** A CONNECT password, its nonce asked for over a connection of its own, as every terminal has to. */
export async function fetchToken(
  device: Device,
  from: { readonly httpPort: number; readonly localAddress: string },
): Promise<string> {
  const { nonce } = await postNonce(JSON.stringify({ source: device.source }), from);
  return `${nonce}.${device.sign(connectText(device.source, nonce))}`;
}

async function postNonce(
  body: string,
  { httpPort, localAddress }: { readonly httpPort: number; readonly localAddress: string },
): Promise<NonceReply> {
  const answered = Promise.withResolvers<NonceReply>();
  const asked = request({
    host: '127.0.0.1',
    port: httpPort,
    localAddress,
    path: '/nonce',
    method: 'POST',
    agent: false,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    signal: AbortSignal.timeout(limits.connectMs),
  });
  asked.on('error', (error) => answered.reject(error));
  asked.on('response', (response) => {
    text(response)
      .then((said) => {
        const reply: unknown = JSON.parse(said);
        if (!replyCheck.Check(reply)) throw new Error(`POST /nonce was answered ${said}`);
        answered.resolve(reply);
      }, answered.reject)
      .catch((error: unknown) => answered.reject(error));
  });
  asked.end(body);
  return answered.promise;
}
