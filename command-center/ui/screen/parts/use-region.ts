import { isRegion } from '@sightline/contracts';
import { useEffect, useEffectEvent } from 'react';
import { useLocation } from 'wouter';
import { useView } from '../link/use-view.ts';

/** The region the page looks at stands in its address; null = everything it may see. */
export function useRegion(): {
  readonly region: string | null;
  /** The region above all: what this screen may see. */
  readonly root: string;
  readonly go: (region: string | null) => void;
} {
  const [location, navigate] = useLocation();
  const { model } = useView();
  const root = model?.region ?? '5402';
  const asked = location.split('/').at(-1) ?? '';
  const isInside = isRegion(asked) && asked.startsWith(root) && asked.length > root.length;
  return {
    root,
    region: isInside ? asked : null,
    go: (region) => navigate(region === null || region === root ? '/' : `/${region}`),
  };
}

/** Escape leads one level up, wherever the focus is. */
export function useEscape(up: () => void): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) up();
  });
  useEffect(() => {
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}

/** One level up, or null at the root. */
export function regionAbove(region: string, root: string): string | null {
  const length = { 6: 4, 9: 6, 12: 9 }[region.length] ?? 4;
  return length <= root.length ? null : region.slice(0, length);
}
