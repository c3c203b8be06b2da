import { cpus } from 'node:os';
import { openFaceReader } from '#reader/open-face-reader.ts';
import { measureStages, medianMs } from '#reader/measure-stages.ts';
import { decodeFrames, ensureFootage, ensureWeights } from '#testing.ts';

// `node models/src/bench-main.ts [rounds]`: median milliseconds a stage for one 720p frame with one face, as JSON.

const rounds = Number(process.argv[2] ?? 50);
const weightsDir = await ensureWeights();
const footage = await ensureFootage();
const filter = 'scale=-2:720,pad=1280:720:(ow-iw)/2:0';
const [frame] = await decodeFrames(footage('cap13_edit2.mp4'), { filter, startSeconds: 3 });
if (frame === undefined) throw new Error('the clip gave no frame');

const stageMs = await measureStages(frame, { weightsDir, rounds });
const opening = performance.now();
await using reader = await openFaceReader({ weightsDir });
const openMs = performance.now() - opening;
const readMs = await medianMs(rounds, () => reader.read(frame));
const findMs = await medianMs(rounds, () => reader.find(frame));
const figures = {
  machine: `${cpus()[0]?.model ?? 'unknown'} × ${cpus().length}, Node ${process.version}`,
  frame: `${frame.width}×${frame.height}, ${(await reader.find(frame)).length} face`,
  rounds,
  stageMs,
  stagesSumMs: Object.values(stageMs).reduce((sum, ms) => sum + ms, 0),
  readMs,
  findMs,
  openMs,
};
process.stdout.write(
  `${JSON.stringify(figures, (_, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(2)) : value), 2)}\n`,
);
