import { ensureFootage, ensureWeights, filmScene, type Scene } from '@sightline/models/testing';
import type { Store } from '@sightline/store';
import { openReader } from './custody.ts';
import { openPlace, startTestConstellation, type TestConstellation } from './fixture.ts';

/** Everything but the villages, which a test equips itself, and films to stand before their cameras. */
export interface FilmSet extends AsyncDisposable {
  readonly house: TestConstellation;
  readonly store: Store;
  /** For films, and a folder of each terminal. */
  readonly dir: string;
  /** A file: `mkv` for an agent's camera, `mjpeg` for a browser's. */
  readonly filmOf: (scene: Scene, form: 'mkv' | 'mjpeg') => Promise<string>;
}

export async function openFilmSet(): Promise<FilmSet> {
  await using opening = new AsyncDisposableStack();
  await ensureWeights();
  const footage = await ensureFootage();
  const { dir } = opening.use(await openPlace());
  const house = opening.use(await startTestConstellation({ empty: true }));
  const store = opening.use(await openReader(house.databaseUrl));
  const opened = opening.move();
  return {
    house,
    store,
    dir,
    filmOf: (scene, form) => filmScene(footage, { scene, dir, form }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
