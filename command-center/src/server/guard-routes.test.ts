import { fastify } from 'fastify';
import { expect, test } from 'vitest';
import { guardRoutes } from './guard-routes.ts';
import type { Places } from './places.ts';
import { under } from './rule.ts';

const deps = {
  readViewer: async () => null,
  // No request gets as far as asking where it is done.
  places: {} as Places,
};

test('a route without an access rule stops the server at its start', async () => {
  await using app = fastify();
  guardRoutes(app, deps);
  expect(() => app.get('/api/forgotten', async () => 'everything')).toThrow(
    'The route GET /api/forgotten has no access rule.',
  );
});

test('a route under a rule is listed with it, and lets nobody in whom the rule does not name', async () => {
  await using app = fastify();
  const routes = guardRoutes(app, deps);
  app.get('/api/kept', under({ action: 'see-people', of: 'village' }), async () => 'names');
  const reply = await app.inject({ url: '/api/kept' });
  expect([reply.statusCode, reply.body.includes('names')]).toEqual([401, false]);
  expect(routes).toContainEqual({
    method: 'GET',
    url: '/api/kept',
    rule: { action: 'see-people', of: 'village' },
  });
});
