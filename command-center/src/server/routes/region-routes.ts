import type { RegionView } from '@sightline/contracts';
import { listDivisions } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { pinyin } from 'pinyin-pro';
import { placeOf } from '../guard-routes.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

/** The tree on the left, with what its search needs. */
export function regionRoutes(app: FastifyInstance, { store }: RouteDeps): void {
  const spell = speller();
  app.get('/api/regions', under({ action: 'see-villages', of: 'scope' }), async (request) => {
    const divisions = await listDivisions(store.pool, placeOf(request).region);
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
