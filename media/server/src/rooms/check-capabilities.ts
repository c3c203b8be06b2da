import { refuse, type Refusal } from '@sightline/contracts';
import type { types } from 'mediasoup';
import { mediaCodecs } from './media-codecs.ts';

/** Why what a page can receive is not taken: it is asked of mediasoup again for every consumer, and must not throw there. */
export function rtpCapabilitiesFault(capabilities: object | null): Refusal | null {
  if (capabilities === null) return null;
  // Whatever a page sent; every field is looked at below before it is believed.
  const { codecs, headerExtensions } = capabilities as Partial<types.RtpCapabilities>;
  const isGood =
    Array.isArray(codecs) &&
    codecs.length <= 100 &&
    codecs.every(isCodec) &&
    (headerExtensions === undefined ||
      (Array.isArray(headerExtensions) && headerExtensions.length <= 100));
  return isGood
    ? null
    : refuse(
        'media-refused',
        `The page's codecs are not understood; ${mediaCodecs.length} are known.`,
      );
}

function isCodec(codec: unknown): boolean {
  return (
    typeof codec === 'object' &&
    codec !== null &&
    'mimeType' in codec &&
    typeof codec.mimeType === 'string' &&
    /^(audio|video)\/[\w.-]{1,40}$/.test(codec.mimeType)
  );
}
