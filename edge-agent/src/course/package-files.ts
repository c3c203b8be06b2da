import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCoursePackage, type CoursePackage } from '@sightline/contracts';
import { freeBytes } from '#outbox/disk-space.ts';

/** A file as its course names it. */
export interface NamedFile {
  readonly sha256: string;
  readonly bytes: number;
}

const partTail = '.part';

/** Files of courses on the terminal's disk, each under its hash; half of one under `<hash>.part`. */
export class PackageFiles {
  readonly #folder: string;
  /** Whole, and what their hash says, as read since this process began. */
  readonly #sound = new Set<string>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(dir: string): Promise<PackageFiles> {
    const folder = join(dir, 'courses');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new PackageFiles(folder);
  }

  pathOf({ sha256 }: Pick<NamedFile, 'sha256'>): string {
    return join(this.#folder, sha256);
  }

  isSound({ sha256 }: NamedFile): boolean {
    return this.#sound.has(sha256);
  }

  /** Reads the file whole; one that is not what its name says is taken away, to be fetched again. */
  async check(file: NamedFile): Promise<boolean> {
    this.#sound.delete(file.sha256);
    const found = await stat(this.pathOf(file)).catch(() => null); // Not here yet.
    if (found === null) return false;
    const isRight = found.size === file.bytes && (await hashOf(this.pathOf(file))) === file.sha256;
    if (isRight) this.#sound.add(file.sha256);
    else await rm(this.pathOf(file), { force: true });
    return isRight;
  }

  /** Puts a piece where it belongs, on the disk before it resolves; what lay behind is cut off. */
  async write(file: NamedFile, at: number, piece: Buffer): Promise<void> {
    const handle = await open(this.#part(file), at === 0 ? 'w' : 'r+', 0o600);
    try {
      if (at > 0) await handle.truncate(at);
      await handle.write(piece, 0, piece.length, at);
      await handle.datasync();
    } finally {
      await handle.close();
    }
  }

  /** Bytes of a half file, whatever they are worth. */
  async partBytes(file: NamedFile): Promise<number> {
    const found = await stat(this.#part(file)).catch(() => null); // None yet.
    return found?.size ?? 0;
  }

  /** The last piece came: the file takes its name where it is what that says; else it is gone. */
  async finish(file: NamedFile): Promise<boolean> {
    const part = this.#part(file);
    if ((await hashOf(part)) !== file.sha256) {
      await this.dropPart(file);
      return false;
    }
    await rename(part, this.pathOf(file));
    this.#sound.add(file.sha256);
    return true;
  }

  async dropPart(file: Pick<NamedFile, 'sha256'>): Promise<void> {
    await rm(this.#part(file), { force: true });
  }

  /** The manifest in a sound file; null = there is none, or it is none. */
  async readManifest(file: NamedFile): Promise<CoursePackage | null> {
    return this.isSound(file)
      ? parseCoursePackage(await readFile(this.pathOf(file), 'utf8'))
      : null;
  }

  /** Takes away whatever is not wanted any more; the hashes of halves that went. */
  async sweep(wanted: ReadonlySet<string>): Promise<string[]> {
    const names = await readdir(this.#folder);
    const gone = names.filter((name) => !wanted.has(name.replace(partTail, '')));
    for (const name of gone) {
      this.#sound.delete(name);
      await rm(join(this.#folder, name), { force: true });
    }
    return gone.filter((name) => name.endsWith(partTail)).map((name) => name.replace(partTail, ''));
  }

  freeBytes(): number {
    return freeBytes(join(this.#folder, 'x'));
  }

  #part({ sha256 }: Pick<NamedFile, 'sha256'>): string {
    return join(this.#folder, sha256 + partTail);
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer); // A stream of bytes.
  return hash.digest('hex');
}
