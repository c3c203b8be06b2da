import { writeFile } from 'node:fs/promises';
import { openFaceReader } from '#reader/open-face-reader.ts';
import { ensureFootage, ensureWeights } from '#testing.ts';
import {
  describeReference,
  openReferencePicture,
  REFERENCE_FILE,
  REFERENCE_PICTURES,
  type Reference,
} from '#testing/reference-vectors.ts';

// `node models/src/reference-main.ts`: writes the reference vectors anew, after another network was pinned on purpose.

const footage = await ensureFootage();
await using reader = await openFaceReader({ weightsDir: await ensureWeights() });
const references: Reference[] = [];
for (const picture of REFERENCE_PICTURES) {
  const [face] = await reader.read(await openReferencePicture(picture, footage));
  if (face === undefined) throw new Error(`${picture.file} shows no face`);
  references.push(describeReference(picture, face));
}
// One reference a line: a change shows as the lines of its pictures.
const lines = references.map((reference) => JSON.stringify(reference));
await writeFile(REFERENCE_FILE, `[\n${lines.join(',\n')}\n]\n`);
process.stdout.write(`${references.length} references in ${REFERENCE_FILE}\n`);
