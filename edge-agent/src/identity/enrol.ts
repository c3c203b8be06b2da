import { EnrolReply, enrolText, type Refusal, refuse } from '@sightline/contracts';
import { Compile } from 'typebox/compile';
import type { DeviceKey } from '#identity/device-key.ts';
import { postJson } from '#identity/post-json.ts';

const replyCheck = Compile(EnrolReply);

export interface EnrolOptions {
  readonly brokerHttpUrl: string;
  /** One-time code from the console. */
  readonly code: string;
  readonly version: string;
  readonly signal?: AbortSignal;
}

/** 终端入网. Proves the key and the code to the broker. Refused codes say what to do. */
export async function enrol(
  key: DeviceKey,
  { brokerHttpUrl, code, version, signal }: EnrolOptions,
): Promise<EnrolReply | Refusal> {
  const { publicKey } = key;
  const proof = key.sign(enrolText(code, publicKey));
  try {
    return await postJson({
      url: new URL('/enrol', brokerHttpUrl).href,
      body: { code, publicKey, proof, version },
      reply: replyCheck,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch {
    return refuse(
      'broker-unreachable',
      `${brokerHttpUrl} does not answer: check the network, then enter the code again.`,
    );
  }
}
