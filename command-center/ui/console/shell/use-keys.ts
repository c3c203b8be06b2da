import { useEffect, useRef } from 'react';

/** What a key does; keys typed into a field, or with a modifier, are left alone. */
export type Keys = Readonly<Record<string, () => void>>;

export function useKeys(keys: Keys): void {
  const held = useRef(keys);
  useEffect(() => {
    held.current = keys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const act = held.current[event.key];
      if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isField(event.target) || isDialogOpen()) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

/** A closed dialog stays in the page, hidden. */
function isDialogOpen(): boolean {
  return [...document.querySelectorAll('[role="dialog"]')].some((each) => each.checkVisibility());
}
