import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openStore } from '@sightline/store';
import { openDatabase } from '../open-database.ts';
import type { Care } from '../options.ts';
import type { Report } from '../report.ts';
import { shelvesOf, type FileShelf } from './file-places.ts';
import { mirror, type Mirrored } from './mirror.ts';

const tellEachFiles = 200;
const mb = (bytes: number) => (bytes / 1024 ** 2).toFixed(1);

/** 复制文件. Recordings, decks and files of courses into a folder, while everything runs; again, only what is new. */
export async function copyFiles(options: Care, report: Report): Promise<object> {
  const { file: dir } = options;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const answer = await carry(options, report, ({ installed, copied }) => ({
    from: installed,
    to: copied,
  }));
  const note = { format: 1, takenAt: Temporal.Now.instant().toString(), ...answer };
  await writeFile(join(dir, 'files.json.new'), JSON.stringify(note));
  await rename(join(dir, 'files.json.new'), join(dir, 'files.json'));
  report.say(
    '副本未加密，含会议画面和声音：放在加密、离线的磁盘上 The copy is not encrypted and shows people: keep it on an encrypted disk, away from this machine.',
  );
  return answer;
}

/** 恢复文件. Back from such a folder, after the database was restored: what was erased there stays erased. */
export async function restoreFiles(options: Care, report: Report): Promise<object> {
  await stat(join(options.file, 'files.json')).catch((cause: unknown) => {
    throw new Error(`${options.file} is no copy of files, or one that was never finished.`, {
      cause,
    });
  });
  return carry(options, report, ({ installed, copied }) => ({ from: copied, to: installed }));
}

async function carry(
  options: Care,
  report: Report,
  way: (shelf: FileShelf) => { readonly from: string; readonly to: string },
): Promise<Record<FileShelf['name'], Mirrored>> {
  await using database = await openDatabase(options, { mayCreate: false });
  const { databaseUrl } = database;
  await using store = await openStore({ databaseUrl, applicationName: 'sightline-files' });
  const done: [FileShelf['name'], Mirrored][] = [];
  for (const shelf of shelvesOf(options, options.file)) {
    const onFile = ({ copied, bytes }: Mirrored): void => {
      if (copied % tellEachFiles === 0) {
        report.progress(`${shelf.name}: ${copied} files, ${mb(bytes)} MB …`);
      }
    };
    const mirrored = await mirror(shelf, way(shelf), { db: store.pool, onFile });
    done.push([shelf.name, mirrored]);
    const { files, copied, bytes, erased, damaged } = mirrored;
    report.say(
      `${shelf.name}: ${files} files, ${copied} copied (${mb(bytes)} MB), ${erased} erased meetings taken away.`,
    );
    for (const sentence of damaged) report.say(`▲ ${sentence}`);
    if (damaged.length > 0) process.exitCode = 1;
  }
  // One entry a shelf.
  return Object.fromEntries(done) as Record<FileShelf['name'], Mirrored>;
}
