import type { Face } from '#domain/face.ts';
import { similarity } from '#domain/similarity.ts';
import { openPicture } from '#face-tool/open-picture.ts';
import { ToolRefusal } from '#face-tool/tool-refusal.ts';
import type { Tool } from '#face-tool/tool.ts';

/** `compare A B`: how alike the most prominent faces of two pictures are. */
export async function compareCommand(
  { reader, print }: Tool,
  files: readonly string[],
): Promise<void> {
  const [one, other] = [
    await onlyFace(reader, files[0] ?? ''),
    await onlyFace(reader, files[1] ?? ''),
  ];
  const { id, matchThreshold } = reader.model;
  const found = similarity(one.template, other.template);
  print({
    similarity: Number(found.toFixed(6)),
    match: found >= matchThreshold,
    threshold: matchThreshold,
    model: id,
  });
}

async function onlyFace(reader: Tool['reader'], file: string): Promise<Face> {
  const [face] = await reader.read(await openPicture(file));
  if (face !== undefined) return face;
  throw new ToolRefusal(
    `${file} shows no face that can be read: give a larger or clearer picture of it.`,
  );
}
