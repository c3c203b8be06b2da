import { join } from 'node:path';

/*
 * Files of courses lie on the disk by their hash, two letters a folder: the centre writes them whole, the
 * broker hands them to terminals.
 */

/** Where the file with this SHA-256 (hex) lies below the folder of courses. */
export function courseFilePath(dir: string, sha256: string): string {
  return join(dir, 'files', sha256.slice(0, 2), sha256);
}

/** Where pieces of uploads wait until they are whole. */
export function courseUploadsDir(dir: string): string {
  return join(dir, 'uploads');
}
