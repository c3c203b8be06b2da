import { access, chmod, lstat, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/**
 * npm packs no symlinks and its install scripts may be off: makes the links that `pg-symlinks.json`
 * of the package's `native` folder lists, and the programs executable.
 */
export async function completeBinaries(native: string): Promise<void> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  // The package's own file: paths from the package's folder, all below native/.
  const links = JSON.parse(text) as readonly { readonly source: string; readonly target: string }[];
  for (const { source, target } of links) {
    const path = join(native, relative('native', target));
    if (await isThere(path)) continue;
    // Another process may be making the same links.
    await symlink(relative(dirname(target), source), path).catch(async (error: unknown) => {
      if (!(await isThere(path))) throw error;
    });
  }
  for (const program of ['initdb', 'postgres']) {
    const path = join(native, 'bin', program);
    await access(path, 1).catch(() => chmod(path, 0o755));
  }
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
