import type { RegionView } from '@sightline/contracts';
import { listDivisions } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { pinyin } from 'pinyin-pro';
import { requireAction, scopeOf, viewerOf } from '../require.ts';
import type { RouteDeps } from '../route-deps.ts';

/** The tree on the left, with what its search needs. */
export function regionRoutes(app: FastifyInstance, { store }: RouteDeps): void {
  const spell = speller();
  app.get('/api/regions', { onRequest: requireAction('see-villages') }, async (request) => {
    const divisions = await listDivisions(store.pool, scopeOf(viewerOf(request), undefined));
    return divisions.map(({ region, name }): RegionView => ({
      code: region,
      name,
      ...spell(name),
    }));
  });
}

type Spelling = Pick<RegionView, 'pinyin' | 'initials'>;

/** Spells place names, each once: there are as many as the register has divisions. */
function speller(): (name: string) => Spelling {
  const known = new Map<string, Spelling>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const syllables = pinyin(name, { toneType: 'none', type: 'array', v: true });
    const spelling = {
      pinyin: syllables.join(''),
      initials: syllables.map((syllable) => syllable[0] ?? '').join(''),
    };
    known.set(name, spelling);
    return spelling;
  };
}
