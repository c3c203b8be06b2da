/*
 * mediasoup's own parameters, as its server would send them: the page sets up what they describe, and nothing flows.
 */

export const iceParameters = {
  usernameFragment: 'u5yv8q2kd3tk',
  password: 'c3yzfxkq1lrzcm0ea9b7x2v8n4',
  iceLite: true,
};

/** A transport that leads nowhere. */
export function transportOf(id: string): object {
  return {
    id,
    iceParameters,
    iceCandidates: [
      {
        foundation: 'udpcandidate',
        address: '127.0.0.1',
        ip: '127.0.0.1',
        port: 9,
        priority: 1_076_302_079,
        protocol: 'udp',
        type: 'host',
      },
    ],
    dtlsParameters: {
      role: 'auto',
      fingerprints: [
        {
          algorithm: 'sha-256',
          value: Array.from({ length: 32 }, (_, i) => (i + 16).toString(16).toUpperCase()).join(
            ':',
          ),
        },
      ],
    },
  };
}

const opus = { mimeType: 'audio/opus', clockRate: 48_000, channels: 2, parameters: {} };
export const routerRtpCapabilities = {
  codecs: [
    { ...opus, kind: 'audio', preferredPayloadType: 100, rtcpFeedback: [] },
    {
      kind: 'video',
      mimeType: 'video/VP8',
      clockRate: 90_000,
      preferredPayloadType: 101,
      parameters: {},
      rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
    },
  ],
  // Without them no picture in layers is sent.
  headerExtensions: (['mid', 'rtp-stream-id'] as const).map((name, at) => ({
    kind: 'video',
    uri: `urn:ietf:params:rtp-hdrext:sdes:${name}`,
    preferredId: at + 1,
    preferredEncrypt: false,
    direction: 'sendrecv',
  })),
};

function voiceOf(no: number): object {
  return {
    mid: String(no),
    codecs: [{ ...opus, payloadType: 100, rtcpFeedback: [] }],
    headerExtensions: [],
    encodings: [{ ssrc: 1_000 + no }],
    rtcp: { cname: `v${no}`, reducedSize: true, mux: true },
  };
}

function pictureOf(no: number): object {
  return {
    mid: String(no),
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: 101,
        clockRate: 90_000,
        parameters: {},
        rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
      },
    ],
    headerExtensions: [],
    encodings: [{ ssrc: 2_000 + no }],
    rtcp: { cname: `s${no}`, reducedSize: true, mux: true },
  };
}

/** The `consumer` word of a voice or a picture; `no` makes its ids. */
export function consumerOf(
  no: number,
  of: { readonly seatId: string; readonly source: 'microphone' | 'camera' | 'screen' },
): object {
  return {
    consumerId: `c${no}`,
    producerId: `p${no}`,
    ...of,
    kind: of.source === 'microphone' ? 'audio' : 'video',
    rtpParameters: of.source === 'microphone' ? voiceOf(no) : pictureOf(no),
  };
}
