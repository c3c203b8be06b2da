/** A line of the worker's source that may not stay as it is. */
export interface Patch {
  /** Path below the package's `worker` folder. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

export const PATCHES: readonly Patch[] = [
  {
    file: 'src/RTC/DtlsTransport.cpp',
    from: '(operationType == BIO_CB_RETURN)',
    to: '((operationType & BIO_CB_RETURN) != 0)',
    why:
      'the callback answers 1 to every BIO control call, so a libssl built with kernel TLS (Debian’s is) takes ' +
      '"kernel TLS is on", has no write buffer and ends the worker at the first DTLS record',
  },
];

/**
 * The source with its patches in.
 * @throws Error when a line to patch is not there: nobody knows then whether this version needs it.
 */
export function patched(
  source: { readonly file: string; readonly text: string },
  patches: readonly Patch[] = PATCHES,
): string {
  return patches
    .filter(({ file }) => file === source.file)
    .reduce((text, { file, from, to, why }) => {
      if (text.split(from).length !== 2) {
        throw new Error(
          `${file}: "${from}" must be there exactly once, to be patched (${why}). ` +
            'Look whether this version of mediasoup has mended it.',
        );
      }
      return text.replace(from, to);
    }, source.text);
}
