import type { RgbFrame } from '#domain/face.ts';

/** Where a flat or bent card stands before the camera. */
export interface CardPose {
  /** Its middle, in pixels of the scene. */
  readonly x: number;
  readonly y: number;
  /** Height in pixels of the scene, were it upright and unturned. */
  readonly heightPx: number;
  /** About the vertical axis, as a head turns. */
  readonly yawDeg: number;
  /** About the horizontal axis. */
  readonly tiltDeg: number;
  /** In the picture's plane. */
  readonly rollDeg: number;
  /** How far its left and right edges stand before its middle, as a share of its height: paper held bent. */
  readonly bend: number;
}

/** How light falls on the card, and what the camera makes of it. */
export interface CardLight {
  /** Factor of every byte, and its change from the left edge to the right one. */
  readonly gain: number;
  readonly slope: number;
  /** Added to every byte: a print's black is no black. */
  readonly lift: number;
  /** Factor of red against blue: 1 is neutral. */
  readonly warmth: number;
}

/** Distance of the camera in heights of the scene: a phone or webcam at arm's length. */
const CAMERA_HEIGHTS = 1.6;
/** Rounds until the bend's depth and the place on the card agree. */
const BEND_ROUNDS = 4;

interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** A place on the card, in its pixels: one object that is written anew for each pixel of the scene, which are many. */
interface Spot {
  x: number;
  y: number;
}

/** The scene with the card before it, seen in perspective; the scene shows where the card is not. */
export function renderCard(
  scene: RgbFrame,
  card: RgbFrame,
  { pose, light }: { pose: CardPose; light: CardLight },
): RgbFrame {
  const pixels = new Uint8Array(scene.pixels);
  const isPlacedOn = placeOn(card, { scene, pose });
  const paint = paintFrom(card, { light, pixels });
  const spot: Spot = { x: 0, y: 0 };
  for (let y = 0, to = 0; y < scene.height; y++) {
    for (let x = 0; x < scene.width; x++, to += 3) {
      if (isPlacedOn(x, y, spot)) paint(spot, to);
    }
  }
  return { width: scene.width, height: scene.height, pixels };
}

/** From a pixel of the scene to the card's pixel that is seen there, written into `spot`; false beside the card. */
function placeOn(
  card: RgbFrame,
  { scene, pose }: { scene: RgbFrame; pose: CardPose },
): (x: number, y: number, spot: Spot) => boolean {
  const focal = CAMERA_HEIGHTS * scene.height;
  const [right, down] = axes(pose);
  const normal = cross(right, down);
  const centre = { x: pose.x - scene.width / 2, y: pose.y - scene.height / 2, z: focal };
  const scale = card.height / pose.heightPx;
  const [halfWidth, halfHeight] = [card.width / 2 / scale, pose.heightPx / 2];
  const [centreRight, centreDown] = [dot(centre, right), dot(centre, down)];
  const centreNormal = dot(centre, normal);
  const rounds = pose.bend === 0 ? 1 : BEND_ROUNDS;
  const { bend, heightPx } = pose;
  const { width, height } = scene;
  return (x, y, spot) => {
    const rayX = x - width / 2;
    const rayY = y - height / 2;
    const toRight = rayX * right.x + rayY * right.y + focal * right.z;
    const toDown = rayX * down.x + rayY * down.y + focal * down.z;
    const toNormal = rayX * normal.x + rayY * normal.y + focal * normal.z;
    let u = 0;
    let v = 0;
    for (let round = 0; round < rounds; round++) {
      const depth = -bend * heightPx * (u / halfWidth) * (u / halfWidth);
      const along = (centreNormal + depth) / toNormal;
      u = Math.max(-halfWidth - 1, Math.min(halfWidth + 1, along * toRight - centreRight));
      v = along * toDown - centreDown;
    }
    spot.x = (u + halfWidth) * scale;
    spot.y = (v + halfHeight) * scale;
    return Math.abs(u) < halfWidth && Math.abs(v) < halfHeight;
  };
}

/** Directions of the card's right and lower edge in space. */
function axes({ yawDeg, tiltDeg, rollDeg }: CardPose): [Vector, Vector] {
  const turn = (v: Vector): Vector =>
    rotate(rotate(rotate(v, 'z', rollDeg), 'x', tiltDeg), 'y', yawDeg);
  return [turn({ x: 1, y: 0, z: 0 }), turn({ x: 0, y: 1, z: 0 })];
}

function rotate({ x, y, z }: Vector, axis: 'x' | 'y' | 'z', deg: number): Vector {
  const [c, s] = [Math.cos((deg * Math.PI) / 180), Math.sin((deg * Math.PI) / 180)];
  if (axis === 'z') return { x: c * x - s * y, y: s * x + c * y, z };
  if (axis === 'x') return { x, y: c * y - s * z, z: s * y + c * z };
  return { x: c * x + s * z, y, z: -s * x + c * z };
}

const dot = (a: Vector, b: Vector): number => a.x * b.x + a.y * b.y + a.z * b.z;
const cross = (a: Vector, b: Vector): Vector => ({
  x: a.y * b.z - a.z * b.y,
  y: a.z * b.x - a.x * b.z,
  z: a.x * b.y - a.y * b.x,
});

/** Paints one pixel of the card in the scene, mixed of its four neighbours and lit. */
function paintFrom(
  card: RgbFrame,
  { light, pixels }: { light: CardLight; pixels: Uint8Array },
): (spot: Spot, to: number) => void {
  const stride = card.width * 3;
  const from = card.pixels;
  const { width, height } = card;
  return (spot, to) => {
    const x = Math.min(Math.max(spot.x - 0.5, 0), width - 1.001);
    const y = Math.min(Math.max(spot.y - 0.5, 0), height - 1.001);
    const left = Math.floor(x);
    const top = Math.floor(y);
    const right = x - left;
    const below = y - top;
    const gain = light.gain + light.slope * (spot.x / width - 0.5);
    for (let channel = 0, a = top * stride + left * 3; channel < 3; channel++, a++) {
      const c = a + stride;
      const upper = (from[a] ?? 0) * (1 - right) + (from[a + 3] ?? 0) * right;
      const lower = (from[c] ?? 0) * (1 - right) + (from[c + 3] ?? 0) * right;
      const tint = channel === 0 ? light.warmth : channel === 2 ? 1 / light.warmth : 1;
      const value = (upper * (1 - below) + lower * below) * gain * tint + light.lift;
      pixels[to + channel] = Math.max(0, Math.min(255, Math.round(value)));
    }
  };
}
