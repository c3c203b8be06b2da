/** What a page of ours answers, its body parsed where there is one. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A browser reduced to its cookies: it opens a session by a link and speaks JSON. */
export interface WebClient {
  readonly origin: string;
  /** The Cookie header now: what a reply sets is kept, as a browser would. */
  readonly cookie: string;
  get(path: string): Promise<Answer>;
  post(path: string, body: object, headers?: Record<string, string>): Promise<Answer>;
}

const answerWithinMs = 15_000;

/** Opens the session that a link with `#token` (or another key) stands for. */
export async function openSession(
  link: string,
  session: { readonly path: string; readonly key: string; readonly more?: object },
): Promise<WebClient> {
  const { origin, hash } = new URL(link);
  const token = new URLSearchParams(hash.slice(1)).get(session.key);
  const reply = await fetch(origin + session.path, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ token, ...session.more }),
    signal: AbortSignal.timeout(answerWithinMs),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${session.path} answered ${reply.status}: ${text}`);
  return clientOf(origin, cookiesSet(reply));
}

function cookiesSet(reply: Response): string {
  return reply.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
}

function clientOf(origin: string, firstCookie: string): WebClient {
  let cookie = firstCookie;
  const call = async (path: string, init: RequestInit): Promise<Answer> => {
    const reply = await fetch(origin + path, {
      ...init,
      signal: AbortSignal.timeout(answerWithinMs),
    });
    const set = cookiesSet(reply);
    if (set !== '') cookie = set;
    const text = await reply.text();
    // Every answer of ours is a JSON object, or nothing.
    return { status: reply.status, body: text === '' ? {} : (JSON.parse(text) as Answer['body']) };
  };
  return {
    origin,
    get cookie() {
      return cookie;
    },
    get: (path) => call(path, { headers: { cookie } }),
    post: (path, body, headers = {}) =>
      call(path, {
        method: 'POST',
        headers: { origin, cookie, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
  };
}

/** A WebSocket with a page's Origin and cookie. */
export function openWebSocket(client: WebClient, path: string): WebSocket {
  // Node's own WebSocket takes headers in its second argument; the DOM's type does not know that.
  const Socket = WebSocket as unknown as new (
    url: string,
    init: { readonly headers: Record<string, string> },
  ) => WebSocket;
  const { origin, cookie } = client;
  return new Socket(`${origin.replace('http', 'ws')}${path}`, { headers: { origin, cookie } });
}
