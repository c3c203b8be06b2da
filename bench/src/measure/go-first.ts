import { readFileSync, writeFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

const firstPriority = -10;
const groupFile = '/proc/self/autogroup';

/**
 * Lets this process and those it starts run before the other programs of the machine, until disposed of: a part that is
 * kept from running loses packets, which says nothing about it. Root alone may; elsewhere `priority` stays as it was.
 */
export function goFirst(): Disposable & { readonly priority: number } {
  const before = getPriority();
  const groupBefore = groupPriority();
  set(firstPriority, firstPriority);
  return {
    priority: getPriority(),
    [Symbol.dispose]: () => set(before, groupBefore),
  };
}

/** The kernel weighs sessions against each other first, where it groups by them (sched(7), autogroup). */
function groupPriority(): number {
  try {
    return Number(/nice (-?\d+)/.exec(readFileSync(groupFile, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // A kernel without groups.
  }
}

function set(priority: number, groupPriority: number): void {
  try {
    setPriority(priority);
    writeFileSync(groupFile, String(groupPriority));
  } catch {
    // Not root, or no groups: the figures say which priority it was, and the load.
  }
}
