import { refuse, type Refusal, type SetPatternsRequest } from '@sightline/contracts';

/** Why these patterns cannot be; null = they can. */
export function refusePatterns({ region, posts }: SetPatternsRequest): Refusal | null {
  const given = Object.entries(posts);
  if (region.length < 12 && given.some(([, pattern]) => Array.isArray(pattern?.people))) {
    return refuse('people-of-one-village', 'Name people for one village at a time.');
  }
  const { watch } = posts;
  if (watch?.rotation === 'weekly' && watch.shifts === 'full') {
    return refuse('too-long', 'Nobody watches a week without a pause: take turns daily.');
  }
  return null;
}
