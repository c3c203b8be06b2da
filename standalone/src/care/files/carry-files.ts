import { mkdir } from 'node:fs/promises';
import { openStore } from '@sightline/store';
import { openDatabase } from '../open-database.ts';
import type { Care } from '../options.ts';
import { readPassphrase } from '../passphrase.ts';
import type { Report } from '../report.ts';
import { noteCopy, openCopyToFill, openCopyToRead } from './copy-note.ts';
import { shelvesOf, type FileShelf } from './file-places.ts';
import { mirror, type Mirrored } from './mirror.ts';
import type { Passage } from './passage.ts';

const tellEachFiles = 200;
const mb = (bytes: number) => (bytes / 1024 ** 2).toFixed(1);

/** 复制文件. Recordings, decks and files of courses into a folder, while everything runs; again, only what is new. */
export async function copyFiles(options: Care, report: Report): Promise<object> {
  const { file: dir, passphraseFile } = options;
  const passphrase = await readPassphrase(passphraseFile);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const { seal, passage } = await openCopyToFill({ dir, passphrase });
  const way = ({ installed, copied }: FileShelf) => ({ from: installed, to: copied });
  const answer = await carry(options, report, { way, passage });
  const takenAt = Temporal.Now.instant().toString();
  await noteCopy(dir, { seal, note: { format: seal === null ? 1 : 2, takenAt, ...answer } });
  report.say(howToGuard(seal !== null));
  return answer;
}

/** 恢复文件. Back from such a folder, after the database was restored: what was erased there stays erased. */
export async function restoreFiles(options: Care, report: Report): Promise<object> {
  const { file: dir, passphraseFile } = options;
  const passphrase = await readPassphrase(passphraseFile);
  const { passage } = await openCopyToRead({ dir, passphrase });
  const way = ({ installed, copied }: FileShelf) => ({ from: copied, to: installed });
  return carry(options, report, { way, passage });
}

function howToGuard(isSealed: boolean): string {
  return isSealed
    ? '副本已加密，口令与副本分开保管 The copy is encrypted (names, sizes and times of files are not): keep the passphrase apart from it, without it the copy is lost.'
    : '副本未加密，含会议画面和声音：请用 --passphrase-file 加密 The copy is not encrypted and shows people: run it again with --passphrase-file F, or keep it on an encrypted disk, away from this machine.';
}

interface Carrying {
  readonly way: (shelf: FileShelf) => { readonly from: string; readonly to: string };
  readonly passage: Passage;
}

async function carry(
  options: Care,
  report: Report,
  { way, passage }: Carrying,
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
    const mirrored = await mirror(shelf, way(shelf), { db: store.pool, passage, onFile });
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
