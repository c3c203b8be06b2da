import { connectText, isRefusal, NonceReply } from '@sightline/contracts';
import { Compile } from 'typebox/compile';
import type { DeviceKey } from '#identity/device-key.ts';
import { postJson } from '#identity/post-json.ts';
import { LinkFault } from '#uplink/link-fault.ts';

const replyCheck = Compile(NonceReply);

/** A CONNECT password: a fresh nonce of the broker, signed by the device key; good once, for 60 s. */
export async function fetchPassword(
  key: DeviceKey,
  brokerHttpUrl: string,
  signal: AbortSignal,
): Promise<string> {
  const url = new URL('/nonce', brokerHttpUrl).href;
  let answer;
  try {
    answer = await postJson({ url, body: { source: key.source }, reply: replyCheck, signal });
  } catch (fault) {
    throw LinkFault.from(fault, brokerHttpUrl);
  }
  if (isRefusal(answer)) throw new LinkFault('unreachable', answer.detail);
  return `${answer.nonce}.${key.sign(connectText(key.source, answer.nonce))}`;
}
