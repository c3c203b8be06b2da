import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  parseByteRange,
  rightText,
  type CoursePackage,
  type TerminalCourse,
} from '@sightline/contracts';
import type { CourseSettings } from '#course/course-keeper.ts';

export const hexOf = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');
const base64Of = (text: string) => createHash('sha256').update(text).digest('base64url');

/** By itself for one minute of the day alone, as fast as it goes. */
export const testCourseSettings: CourseSettings = {
  night: { fromMinute: 0, toMinute: 1 },
  bytesPerS: 1024 ** 3,
  diskBytes: 1024 ** 3,
  headroomBytes: 0,
};

export interface CourseServer extends AsyncDisposable {
  readonly url: string;
  /** By hash: what is handed out, whatever it is. */
  readonly files: Map<string, Buffer>;
  /** Bytes of each file that went out. */
  readonly served: Map<string, number>;
  /** The connection breaks after so many bytes of an answer; null = it holds. */
  cutAfter: () => number | null;
  onServed: () => void;
  close(): void;
}

/** What the broker's door does for courses, without a database; it can be told to break. */
export async function openCourseServer(): Promise<CourseServer> {
  const nonces = new Set<string>();
  const server = createServer((request, reply) => void answer(request, reply));
  async function answer(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    request.resume();
    if (request.url === '/nonce') {
      const nonce = randomBytes(16).toString('base64url');
      nonces.add(nonce);
      reply.setHeader('content-type', 'application/json');
      reply.end(JSON.stringify({ nonce, expiresInMs: 60_000 }));
      return;
    }
    const sha256 = request.url?.split('/').at(-1) ?? '';
    const file = on.files.get(sha256);
    const [, nonce = ''] =
      /^Sightline [\w-]{43}\.([\w-]{22})\.[\w-]{86}$/.exec(request.headers.authorization ?? '') ??
      [];
    if (!nonces.delete(nonce)) return void reply.writeHead(401).end('{}');
    if (file === undefined) return void reply.writeHead(404).end('{}');
    const range = parseByteRange(request.headers.range, file.length);
    if (range === null || range === 'unsatisfiable') return void reply.writeHead(416).end();
    send(reply, { sha256, file, from: range.from, to: range.to });
  }
  function send(
    reply: ServerResponse,
    { sha256, file, from, to }: { sha256: string; file: Buffer; from: number; to: number },
  ): void {
    const body = file.subarray(from, to + 1);
    const cut = on.cutAfter();
    const sent = cut === null ? body : body.subarray(0, cut);
    reply.writeHead(206, {
      'content-range': `bytes ${from}-${to}/${file.length}`,
      'content-length': body.length,
    });
    on.served.set(sha256, (on.served.get(sha256) ?? 0) + sent.length);
    if (cut === null || cut >= body.length) reply.end(body);
    else reply.write(sent, () => reply.destroy());
    on.onServed();
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const on: CourseServer = {
    url: `http://127.0.0.1:${port}`,
    files: new Map(),
    served: new Map(),
    cutAfter: () => null,
    onServed: () => undefined,
    close: () => server.closeAllConnections(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return on;
}

export interface MadeCourse {
  readonly course: TerminalCourse;
  readonly manifest: CoursePackage;
  /** Manifest and films, by hash. */
  readonly files: ReadonlyMap<string, Buffer>;
}

interface Making {
  readonly n?: number;
  readonly version?: number;
  readonly title?: string;
  readonly picture?: Buffer;
}

/** A course of these films: 0, then 0 and 2 are right. */
export function makeCourse(films: readonly Buffer[], making: Making = {}): MadeCourse {
  const { n = 1, version = 1, title = '森林草原防火', picture } = making;
  const courseId = `0190a5d4-0000-7000-8000-0000000000c${n}`;
  const salt = 'salt-salt-salt-salt';
  const pictures = picture === undefined ? [] : [{ file: hexOf(picture), caption: '隔离带' }];
  const manifest: CoursePackage = {
    v: 1,
    courseId,
    version,
    title,
    language: 'zh',
    lessons: [
      ...films.map((film, nth) => ({
        kind: 'video' as const,
        title: `第 ${nth + 1} 课：灭火器的使用`,
        file: hexOf(film),
      })),
      {
        kind: 'page',
        title: '发现火情先做什么',
        text: '一、先报告，再处置：按求助按钮，说清地点、火势、风向。\n二、组织老人、孩子先撤到上风处。\n三、没有受过训练的人不进火场。',
        pictures,
      },
    ],
    quiz: {
      passPercent: 60,
      tries: 2,
      questions: [
        {
          text: '发现火情，先做什么？',
          kind: 'single',
          options: ['按求助按钮报告', '自己进火场', '等别人来'],
          salt,
          right: base64Of(rightText(salt, [0])),
        },
        {
          text: '报告时要说清哪些？',
          kind: 'multiple',
          options: ['地点', '自己的职务', '火势和风向'],
          salt,
          right: base64Of(rightText(salt, [0, 2])),
        },
      ],
    },
    files: [
      ...films.map((film) => ({
        sha256: hexOf(film),
        bytes: film.length,
        type: 'video/webm' as const,
      })),
      ...(picture === undefined
        ? []
        : [{ sha256: hexOf(picture), bytes: picture.length, type: 'image/png' as const }]),
    ],
  };
  const text = Buffer.from(JSON.stringify(manifest));
  const all = [text, ...films, ...(picture === undefined ? [] : [picture])];
  return {
    course: {
      courseId,
      version,
      title,
      language: 'zh',
      assignedAt: '2026-11-22T00:00:00.000Z',
      manifest: { sha256: hexOf(text), bytes: text.length },
      bytes: all.reduce((sum, { length }) => sum + length, 0),
      questions: 2,
      passPercent: 60,
      tries: 2,
    },
    manifest,
    files: new Map(all.map((bytes) => [hexOf(bytes), bytes])),
  };
}
