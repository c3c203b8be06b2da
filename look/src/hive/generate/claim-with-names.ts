import { type Cell, keyOf, neighboursOf } from '../lattice.ts';
import type { Box } from '../layout.ts';
import { shortNameOf } from '../short-name.ts';
import { claimCells } from './claim-cells.ts';
import { findLabelSlots, isOverCell, type LabelSize } from './label-slots.ts';
import { placeCounties } from './place-counties.ts';
import { smoothOutline } from './smooth-outline.ts';
import { trimTo } from './trim.ts';

/** Cells claimed beyond a county's villages: the first guess at what its name will take, and some. */
const firstSpare = 3;
const moreSpare = 2;
const fittingRounds = 6;
/** A county's name: one character is this wide and high, in cell widths. */
const characterWidth = 1.2;
const labelHeight = 1.2;

/** A county to be laid out: how many villages it has and how it is called. */
export interface CountyQuota {
  readonly code: string;
  readonly name: string;
  readonly count: number;
}

export interface ClaimedCounty {
  readonly code: string;
  readonly cells: readonly Cell[];
  readonly label: Box;
}

/**
 * Gives every county its cells and its name a place over none of them: cells are claimed and names
 * fitted in turn, until what was spared for each name suffices; then outlines are made calm.
 */
export function claimWithNames(quotas: readonly CountyQuota[]): readonly ClaimedCounty[] {
  let spares: ReadonlyMap<string, number> = new Map();
  for (let round = 0; round < fittingRounds; round += 1) {
    const spareOf = (code: string): number => spares.get(code) ?? firstSpare;
    const fitted = claimOnce(quotas, spareOf);
    const missing = quotas.map(({ code, count }) => count - cellsOf(fitted, code).length);
    if (missing.every((cells) => cells <= 0)) return smoothAll(trimAll(fitted, quotas));
    spares = new Map(
      quotas.map(({ code }, index) => {
        const lacking = missing[index] ?? 0;
        return [code, spareOf(code) + (lacking > 0 ? lacking + moreSpare : 0)];
      }),
    );
  }
  throw new Error(`no room for the names of the counties after ${fittingRounds} rounds`);
}

function claimOnce(
  quotas: readonly CountyQuota[],
  spareOf: (code: string) => number,
): readonly ClaimedCounty[] {
  const wanted = new Map(quotas.map(({ code, count }) => [code, count + spareOf(code)]));
  const claimed = [...claimCells(placeCounties(wanted), wanted)];
  const blobs = claimed.map(([code, cells]) => ({ code, cells }));
  const nameOf = new Map(quotas.map(({ code, name }) => [code, name]));
  const labels = findLabelSlots(blobs, (code) => labelSize(nameOf.get(code) ?? code));
  return blobs.map(({ code, cells }) => {
    const label = labels.get(code);
    if (label === undefined) throw new Error(`${code} has no place for its name`);
    return { code, label, cells: cells.filter((cell) => !isOverCell(label, cell)) };
  });
}

function labelSize(name: string): LabelSize {
  return { width: shortNameOf(name).length * characterWidth + 0.1, height: labelHeight };
}

function cellsOf(counties: readonly ClaimedCounty[], code: string): readonly Cell[] {
  return counties.find((county) => county.code === code)?.cells ?? [];
}

function trimAll(
  counties: readonly ClaimedCounty[],
  quotas: readonly CountyQuota[],
): readonly ClaimedCounty[] {
  const counts = new Map(quotas.map(({ code, count }) => [code, count]));
  return counties.map((one) => ({ ...one, cells: trimTo(one.cells, counts.get(one.code) ?? 0) }));
}

function smoothAll(counties: readonly ClaimedCounty[]): readonly ClaimedCounty[] {
  const smoothed = [...counties];
  for (const [index, county] of counties.entries()) {
    const others = smoothed.filter((other) => other.code !== county.code);
    const taken = new Set(others.flatMap((other) => other.cells).map(keyOf));
    const isFree = (cell: Cell): boolean =>
      ![cell, ...neighboursOf(cell)].some((near) => taken.has(keyOf(near))) &&
      !counties.some(({ label }) => isOverCell(label, cell));
    smoothed[index] = { ...county, cells: smoothOutline(county.cells, isFree) };
  }
  return smoothed;
}
