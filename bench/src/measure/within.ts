/**
 * The promise's value, or an error naming what was waited for when it is not there in time. `what` may
 * be a function: it is asked when the time is over, and can say how far things got.
 */
export async function within<T>(
  promise: Promise<T>,
  ms: number,
  what: string | (() => string),
): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const words = typeof what === 'string' ? what : what();
    late.reject(new Error(`Not in ${ms / 1000} s: ${words}.`));
  }, ms);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
