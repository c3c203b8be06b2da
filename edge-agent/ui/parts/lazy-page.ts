import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/**
 * A page that is fetched when it is first opened. Where it is not there any more, the agent was renewed
 * meanwhile: the whole page is loaded anew.
 */
export function lazyPage<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    try {
      return { default: await load() };
    } catch {
      location.reload();
      return new Promise<never>(() => undefined);
    }
  });
}
