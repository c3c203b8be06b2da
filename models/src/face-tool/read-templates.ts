import type { RgbFrame } from '#domain/face.ts';
import { openPicture } from '#face-tool/open-picture.ts';
import { nameFaults, startProgress } from '#face-tool/progress.ts';
import { ToolRefusal } from '#face-tool/tool-refusal.ts';
import type { Tool } from '#face-tool/tool.ts';
import { LIMITS } from '#limits.ts';

/**
 * The template of the most prominent face of each picture, each picture read once. Pictures that are missing, cannot be
 * read or show no face are named and left out.
 * @throws ToolRefusal when there are more pictures than templates may be kept.
 */
export async function readTemplates(
  { reader, say }: Tool,
  files: readonly string[],
): Promise<ReadonlyMap<string, Float32Array>> {
  if (files.length > LIMITS.scoredPictures) {
    throw new ToolRefusal(
      `${files.length} pictures are more than ${LIMITS.scoredPictures}: cut the pairs in parts.`,
    );
  }
  const templates = new Map<string, Float32Array>();
  const progress = startProgress('pictures read', { total: files.length, say });
  const leftOut = nameFaults(say);
  // The next picture is decoded while the reader's thread is at this one.
  let next = open(files[0]);
  for (const [i, file] of files.entries()) {
    const opened = await next;
    next = open(files[i + 1]);
    const faces = 'pixels' in opened ? await reader.read(opened) : [];
    const [face] = faces;
    if (face !== undefined) templates.set(file, face.template);
    else leftOut('why' in opened ? opened.why : `${file} shows no face that can be read.`);
    progress(i + 1);
  }
  return templates;
}

async function open(file: string | undefined): Promise<RgbFrame | { readonly why: string }> {
  if (file === undefined) return { why: 'there is no further picture' };
  try {
    return await openPicture(file);
  } catch (error) {
    if (error instanceof ToolRefusal) return { why: error.message };
    throw error;
  }
}
