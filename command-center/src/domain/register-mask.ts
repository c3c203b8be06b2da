/*
 * 掩码. What a page shows of a number it need not know.
 */

/**
 * An id number: the prefecture and the check character. Beside it stand name, birth date and sex, which
 * are 8 of its 18 digits and half the choices of the 17th; the county is that of most people around. With
 * the last four shown too, the whole could be worked out. The check character leaves some 45 numbers
 * open, and still tells two people of one name and one birthday apart ten times in eleven.
 */
export function maskIdNumber(text: string): string {
  return cover(text, { first: 4, last: 1 });
}

/** A telephone number: enough to see whether it is the one somebody has in front of them. */
export function maskContact(text: string): string {
  return cover(text, { first: 3, last: 2 });
}

/** Fewer covered characters could be tried one after another. */
const coveredAtLeast = 5;

/** Where too little would stay covered, the beginning is too. */
function cover(text: string, shown: { readonly first: number; readonly last: number }): string {
  const isLong = text.length >= shown.first + coveredAtLeast + shown.last;
  const first = isLong ? shown.first : 0;
  const hidden = Math.max(text.length - first - shown.last, 0);
  return text.slice(0, first) + '*'.repeat(hidden) + text.slice(first + hidden);
}
