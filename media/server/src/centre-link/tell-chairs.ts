import type { SeatedChair } from '@sightline/contracts';
import { limits } from '#limits.ts';

export interface TellingChairs {
  readonly seated: () => readonly SeatedChair[];
  /** Resolves when it was answered, or when no answer comes. */
  readonly say: (chairs: readonly SeatedChair[]) => Promise<unknown>;
}

/** 主持人在会. While the link stands: says at once and then each 10 s who sits there; a word that waits for its answer is not overtaken. */
export function tellChairs({ seated, say }: TellingChairs): Disposable {
  let isSaying = false;
  const tell = (): void => {
    const chairs = isSaying ? [] : seated();
    if (chairs.length === 0) return;
    isSaying = true;
    void say(chairs).finally(() => {
      isSaying = false;
    });
  };
  tell();
  const timer = setInterval(tell, limits.link.chairsMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
