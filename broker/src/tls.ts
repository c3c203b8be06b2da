import { readFileSync } from 'node:fs';

/** Where certificate (with its chain) and key lie, as PEM. */
export interface TlsFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** PEM, as Node's servers take it. */
export interface TlsPair {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Reads both once, at the start: a renewed certificate takes a restart. Throws a sentence naming the file. */
export function readTlsPair({ certificateFile, keyFile }: TlsFiles): TlsPair {
  return {
    cert: read('SIGHTLINE_BROKER_TLS_CERT', certificateFile),
    key: read('SIGHTLINE_BROKER_TLS_KEY', keyFile),
  };
}

function read(setting: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Error(`${setting} is "${file}", which cannot be read.`, { cause });
  }
}
