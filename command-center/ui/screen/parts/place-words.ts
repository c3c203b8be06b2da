import { mapNameOf } from '@sightline/look/hive';
import type { Language } from '@sightline/look';

/** A place from the county down, as people say it: 昂仁 达居乡 雪布岗. Empty for the prefecture. */
export function placeWords(region: string, language: Language): string {
  return [6, 9, 12]
    .filter((length) => length <= region.length)
    .map((length) => mapNameOf(region.slice(0, length), language))
    .join(' ');
}
