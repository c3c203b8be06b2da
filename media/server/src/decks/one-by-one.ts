/** Takes work, or answers null where too much waits already. */
export type OneByOne = <T>(work: () => Promise<T>) => Promise<T> | null;

/** Does pieces of work in the order they came, never two at once; `most` counts the running one too. */
export function makeOneByOne(most: number): OneByOne {
  let taken = 0;
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    if (taken >= most) return null;
    taken += 1;
    const done = last.then(work).finally(() => (taken -= 1));
    last = done.catch(() => null);
    return done;
  };
}
