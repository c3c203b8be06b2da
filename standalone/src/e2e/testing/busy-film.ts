import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const width = 640;
const height = 360;
const fps = 10;
const frames = 30;
/** Side of a square of one brightness; a coder's own blocks are twice as large. */
const square = 8;

/**
 * Writes a film for a browser's camera (Y4M, three seconds, 10 MB) in which every square changes with every frame:
 * whatever bitrate its coder may use, it uses. The film that Chromium makes up needs less than half of that.
 */
export async function writeBusyFilm(dir: string, seed: number): Promise<string> {
  const file = join(dir, 'busy.y4m');
  await pipeline(framesOf(seed), createWriteStream(file));
  return file;
}

function* framesOf(seed: number): Generator<Uint8Array> {
  yield Buffer.from(`YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420jpeg\n`);
  const colours = new Uint8Array((width * height) / 2).fill(128);
  let state = seed >>> 0;
  for (let frame = 0; frame < frames; frame += 1) {
    const luma = new Uint8Array(width * height);
    for (let at = 0; at < (width * height) / square ** 2; at += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      fillSquare(luma, at, 64 + (state >>> 25));
    }
    yield Buffer.from('FRAME\n');
    yield luma;
    yield colours;
  }
}

function fillSquare(luma: Uint8Array, at: number, brightness: number): void {
  const inRow = width / square;
  const from = Math.floor(at / inRow) * square * width + (at % inRow) * square;
  for (let y = 0; y < square; y += 1)
    luma.fill(brightness, from + y * width, from + y * width + square);
}
