import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EraseFiles, FilesErased } from '@sightline/contracts';

export interface ErasingDeps {
  /** Recordings and decks of all meetings, a folder each. */
  readonly dataDir: string;
  /** Somebody still writes there. */
  readonly isBusy: (meetingId: string) => boolean;
}

/** 删除. Everything of that kind of a meeting; that there was nothing is well too. The meeting's id is no path. */
export async function eraseFiles(
  { meetingId, kind }: EraseFiles,
  { dataDir, isBusy }: ErasingDeps,
): Promise<FilesErased> {
  if (isBusy(meetingId)) return { ok: false, detail: 'Its room is open, or still recorded.' };
  const dir = join(dataDir, kind, meetingId);
  try {
    const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(noneThere);
    await rm(dir, { recursive: true, force: true });
    return { ok: true, files: entries.filter((entry) => entry.isFile()).length };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, detail: detail.slice(0, 400) };
  }
}

function noneThere(error: unknown): [] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}
