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
      if (act === undefined || !isFree(event)) return;
      // Enter belongs to the button or link that has the focus.
      if (event.key === 'Enter' && event.target !== document.body) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

const patienceMs = 1_500;

/** `g`, then a letter within 1.5 s: what the letter does. */
export function useGoKeys(keys: Keys): void {
  const held = useRef(keys);
  useEffect(() => {
    held.current = keys;
  });
  useEffect(() => {
    let goneAtMs = -Infinity;
    const listen = (event: KeyboardEvent) => {
      const isSecond = event.timeStamp - goneAtMs < patienceMs;
      goneAtMs = event.key === 'g' && isFree(event) ? event.timeStamp : -Infinity;
      const act = isSecond ? held.current[event.key] : undefined;
      if (act === undefined || !isFree(event)) return;
      // The letter is spent: what it means by itself does not happen beside.
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    document.addEventListener('keydown', listen, { capture: true });
    return () => document.removeEventListener('keydown', listen, { capture: true });
  }, []);
}

function isFree(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  return !isField(event.target) && !isDialogOpen();
}

const pressed = ['radio', 'checkbox', 'button', 'submit', 'file'];

/** Whether what is typed there is text. */
function isField(target: EventTarget | null): boolean {
  return (
    (target instanceof HTMLInputElement && !pressed.includes(target.type)) ||
    target instanceof HTMLTextAreaElement ||
    // Letters and arrows choose in it.
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

/** A closed dialog stays in the page, hidden. */
function isDialogOpen(): boolean {
  return [...document.querySelectorAll('[role="dialog"]')].some((each) => each.checkVisibility());
}
