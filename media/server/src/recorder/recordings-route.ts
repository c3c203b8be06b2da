import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { seatIdPattern } from '@sightline/contracts';
import type { FastifyInstance } from 'fastify';
import { allowPages, bearerOf, problem } from '#http/bearer.ts';
import { limits } from '#limits.ts';
import { parseRange } from '#http/parse-range.ts';
import { readRecordingToken } from '#signalling/read-recording-token.ts';
import { segmentFile } from './ffmpeg-plan.ts';

export interface RecordingsDeps {
  /** Recordings of all meetings. */
  readonly dir: string;
  readonly key: Buffer;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Params {
  readonly meetingId: string;
  readonly recordingId: string;
  readonly seatId: string;
  readonly no: string;
}

const seat = new RegExp(seatIdPattern);
const notThere = { code: 'not-found', detail: 'There is no such segment.' };

/** GET /recordings/:meetingId/:recordingId/:seatId/:no, whole or a range, with the recording's token. */
export function addRecordings(app: FastifyInstance, { dir, key, now }: RecordingsDeps): void {
  app.options('/recordings/*', (_request, reply) => allowPages(reply).status(204).send());
  app.get<{ Params: Params }>(
    '/recordings/:meetingId/:recordingId/:seatId/:no',
    async (request, reply) => {
      const { meetingId, recordingId, seatId, no } = request.params;
      const claims = readRecordingToken(bearerOf(request), { key, nowMs: now() });
      // Its ids are of their form and no path: the token's own schema says so.
      if (claims?.meetingId !== meetingId || claims.recordingId !== recordingId) {
        return problem(reply, 401, { code: 'bad-token', detail: 'This key opens no recording.' });
      }
      if (!seat.test(seatId) || !/^\d{1,6}$/.test(no)) return problem(reply, 404, notThere);
      const file = segmentFile(join(dir, meetingId, recordingId, seatId), Number(no));
      const found = await stat(file).catch(() => null);
      if (found === null) return problem(reply, 404, notThere);
      const range = parseRange(request.headers.range, found.size);
      allowPages(reply)
        .type('video/webm')
        .header('accept-ranges', 'bytes')
        .header('cache-control', 'private, max-age=600');
      if (range === null) {
        return reply.status(416).header('content-range', `bytes */${found.size}`).send();
      }
      if (range === 'whole') {
        return reply.header('content-length', found.size).send(createReadStream(file));
      }
      const { start } = range;
      const end = Math.min(range.end, start + limits.recorder.rangeBytes - 1);
      return reply
        .status(206)
        .header('content-range', `bytes ${start}-${end}/${found.size}`)
        .header('content-length', end - start + 1)
        .send(createReadStream(file, { start, end }));
    },
  );
}
