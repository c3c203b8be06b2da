import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RgbFrame } from '@sightline/models';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Camera } from '#camera/camera.ts';
import { cameraFault } from '#camera/camera-fault.ts';
import { ffmpegArguments, nameOf, parseCameraSource } from '#camera/camera-source.ts';
import { openCamera } from '#camera/open-camera.ts';

const dir = mkdtempSync(join(tmpdir(), 'sightline-camera-'));
const clip = join(dir, 'clip.mp4');

beforeAll(() => {
  const from = ['-f', 'lavfi', '-i', 'testsrc=size=400x300:rate=25:duration=2'];
  execFileSync('ffmpeg', ['-loglevel', 'error', ...from, '-pix_fmt', 'yuv420p', clip]);
});
afterAll(() => rmSync(dir, { recursive: true }));

function nextFrame(camera: Camera): Promise<RgbFrame> {
  const { promise, resolve } = Promise.withResolvers<RgbFrame>();
  const leave = camera.onFrame((frame) => {
    leave();
    resolve(frame);
  });
  return promise;
}

/** True while a process runs; a zombie does not. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function ffmpegChildren(parent: number): number[] {
  const found = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim();
  return found === '' ? [] : found.split(' ').map(Number);
}

describe('a file as camera', () => {
  test('gives whole frames that change, and leaves no process behind', async () => {
    const before = new Set(ffmpegChildren(process.pid));
    const camera = openCamera(clip);
    const first = await nextFrame(camera);
    const started = ffmpegChildren(process.pid).filter((pid) => !before.has(pid));
    const second = await nextFrame(camera);
    expect(started).toHaveLength(1);
    expect([first.width, first.height, first.pixels.length]).toEqual([640, 480, 640 * 480 * 3]);
    expect(keyOf(first)).not.toBe(keyOf(second));
    expect(camera.report()).toEqual({ state: 'ready', detail: null });
    await camera[Symbol.asyncDispose]();
    expect(started.filter(isRunning)).toEqual([]);
  });

  test('is opened again when ffmpeg is killed', async () => {
    const before = new Set(ffmpegChildren(process.pid));
    await using camera = openCamera(clip);
    await nextFrame(camera);
    for (const pid of ffmpegChildren(process.pid))
      if (!before.has(pid)) process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(camera.report().state).toBe('failed'), 5_000);
    await nextFrame(camera);
    expect(camera.report().state).toBe('ready');
  });

  test('dies with an agent that is killed', async () => {
    const module = pathToFileURL(join(import.meta.dirname, 'open-camera.ts')).href;
    const script = `const { openCamera } = await import(${JSON.stringify(module)});
      openCamera(${JSON.stringify(clip)}).onFrame(() => process.stdout.write('frame\\n'));`;
    const agent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => agent.stdout.once('data', resolve));
    const [ffmpeg] = ffmpegChildren(agent.pid ?? 0);
    expect(ffmpeg).toBeDefined();
    agent.kill('SIGKILL');
    await vi.waitFor(() => expect(isRunning(ffmpeg ?? 0)).toBe(false), 5_000);
  });
});

describe('a camera that is not there', () => {
  test.each([
    [
      'absent',
      '/nowhere/clip.mp4',
      'ffmpeg',
      '/nowhere/clip.mp4 is not there. Check the camera setting.',
    ],
    ['absent', '/dev/video77', 'ffmpeg', '/dev/video77 is not there. Check the camera setting.'],
    [
      'failed',
      'rtsp://ann:secret@127.0.0.1:1/x',
      'ffmpeg',
      'rtsp://127.0.0.1:1/x does not answer. Check its power and network.',
    ],
    [
      'failed',
      '/nowhere/clip.mp4',
      '/nowhere/ffmpeg',
      'ffmpeg is not installed. Install it: apt-get install ffmpeg.',
    ],
  ])('%s: %s says what to do', async (state, setting, program, detail) => {
    await using camera = openCamera(setting, { program });
    await vi.waitFor(() => expect(camera.report()).toEqual({ state, detail }), 5_000);
  });

  test('a device in use is busy', () => {
    const source = parseCameraSource('/dev/video0');
    const report = cameraFault(source, '/dev/video0: Device or resource busy');
    expect(report.state).toBe('busy');
  });
});

describe('camera settings', () => {
  test('a password is not in the name', () => {
    expect(nameOf(parseCameraSource('rtsp://u:p@cam/1'))).toBe('rtsp://cam/1');
  });

  test('a file that looks like an option is still a file', () => {
    expect(ffmpegArguments(parseCameraSource('-y'))).toContain('file:-y');
  });
});

function keyOf(frame: RgbFrame): string {
  return createHash('sha256').update(frame.pixels).digest('hex');
}
