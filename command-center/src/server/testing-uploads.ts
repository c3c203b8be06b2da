import { randomUUID } from 'node:crypto';
import {
  courseLimits,
  type CourseDraft,
  type UploadProgress,
  type UploadReceived,
} from '@sightline/contracts';
import { problemOf, testOrigin, type TestConsole } from './testing-console.ts';

export interface SentPiece {
  readonly uploadId?: string;
  readonly at: number;
  readonly piece: Buffer;
  /** Of the whole file; a film of 1,000,000 unless given. */
  readonly bytes?: number;
  readonly cookie?: string;
}

export type Uploads = ReturnType<typeof uploadsOf>;

const looks = 1_200;
const lookMs = 50;

/** Sends files of courses as the page does, by whoever has the cookie. */
export function uploadsOf(console: TestConsole, registrar: string) {
  const put = (courseId: string, { uploadId = randomUUID(), at, piece, ...sent }: SentPiece) => {
    const { bytes = 1_000_000, cookie = registrar } = sent;
    return console.app.inject({
      method: 'PUT',
      url: `/api/courses/${courseId}/uploads/${uploadId}?at=${at}&bytes=${bytes}`,
      headers: {
        host: 'localhost:7400',
        origin: testOrigin,
        cookie,
        'content-type': 'application/octet-stream',
      },
      payload: piece,
    });
  };
  /** Each piece from where the server is; the upload's id. */
  const send = async (courseId: string, file: Buffer): Promise<string> => {
    const uploadId = randomUUID();
    for (let at = 0; at < file.length;) {
      const piece = file.subarray(at, at + courseLimits.pieceBytes);
      const reply = await put(courseId, { uploadId, at, piece, bytes: file.length });
      at = reply.json<UploadReceived>().received;
    }
    return uploadId;
  };
  /** Null once it is ready, or the code of why it is none. */
  const whyNot = async (url: string): Promise<string | null> => {
    for (let look = 0; look < looks; look += 1) {
      const reply = await console.call({ url, cookie: registrar });
      if (reply.statusCode !== 200) return problemOf(reply);
      if (reply.json<UploadProgress>().preparing?.state === 'ready') return null;
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
    throw new Error(`${url} is never ready.`);
  };
  /** What became of a file: its hash below the folder of courses, or the code of why it is none. */
  const prepare = async (courseId: string, file: Buffer, name = 'a.mp4'): Promise<string> => {
    const uploadId = await send(courseId, file);
    const url = `/api/courses/${courseId}/uploads/${uploadId}?bytes=${file.length}`;
    const code = await whyNot(url);
    if (code !== null) return code;
    const body = { uploadId, name };
    const finish = { method: 'POST', url: `/api/courses/${courseId}/files`, body } as const;
    const reply = await console.call({ ...finish, cookie: registrar });
    return reply.json<{ readonly sha256: string }>().sha256;
  };
  return { put, send, prepare };
}

const question = {
  text: '先拔什么？',
  kind: 'single',
  options: ['插销', '喷管'],
  right: [0],
} as const;
/** A draft with a film, or without, and a question. */
export const draftOf = (file: string | null, more: Partial<CourseDraft> = {}): CourseDraft => ({
  title: '防火常识',
  language: 'zh',
  lessons: [{ kind: 'video', title: '灭火器', file }],
  quiz: {
    passPercent: 60,
    tries: 2,
    questions: [{ ...question, options: [...question.options], right: [...question.right] }],
  },
  ...more,
});
