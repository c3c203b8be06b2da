import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { isRefusal, meetingLimits, tiers } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { awaitSlide, fetchSlide, slideSizeFor } from '#slide.ts';

const deckId = '0190a5d4-0000-7000-8000-0000000000f1';
const page = { deckId, page: 2, size: 'small' } as const;
const never = new AbortController().signal;

/** A media server that knows one deck, and answers as it is told. */
async function openDecks(answer: (reply: ServerResponse, asked: number) => void) {
  const seen: string[] = [];
  const server = createServer(({ url = '', headers }, reply) => {
    seen.push(`${url} ${headers.authorization ?? ''}`);
    answer(reply, seen.length);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    access: { mediaUrl: `http://127.0.0.1:${port}`, seatToken: 'claims.mac' },
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test('a page is large on a good link, small on a weak one, and leaves the link to the voice below stills', () => {
  expect([null, ...tiers].map((tier) => slideSizeFor(tier))).toEqual([
    'small',
    'large',
    'small',
    'small',
    'small',
    null,
    null,
  ]);
});

test('a page is fetched with the seat’s key, and never more of it than its size allows', async () => {
  await using decks = await openDecks((reply, asked) =>
    asked === 1
      ? reply.end('picture')
      : reply.end(Buffer.alloc(meetingLimits.slideBytes.small + 1)),
  );
  const picture = await fetchSlide(decks.access, page, never);
  expect(isRefusal(picture) ? picture : await picture.text()).toBe('picture');
  expect(decks.seen).toEqual([`/decks/${deckId}/2/small Bearer claims.mac`]);
  expect(await fetchSlide(decks.access, page, never)).toMatchObject({ code: 'slide-missing' });
});

test('a page that is not there yet is asked for again, until it comes', async () => {
  await using decks = await openDecks((reply, asked) =>
    asked < 3 ? reply.writeHead(404).end() : reply.end('picture'),
  );
  const missing: string[] = [];
  const picture = await awaitSlide(decks.access, page, {
    signal: never,
    onMissing: ({ code }) => missing.push(code),
    pause: async () => undefined,
  });
  expect([await picture?.text(), missing]).toEqual(['picture', ['slide-missing', 'slide-missing']]);
});

test('nobody asks any more for a page that was turned', async () => {
  const turning = new AbortController();
  await using decks = await openDecks((reply) => reply.writeHead(404).end());
  const picture = await awaitSlide(decks.access, page, {
    signal: turning.signal,
    onMissing: () => turning.abort(),
    pause: async () => undefined,
  });
  expect([picture, decks.seen.length]).toEqual([null, 1]);
});
