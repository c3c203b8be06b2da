/** What a page's route says: the region it is about, and the thing chosen on it. */
export interface PlaceProps {
  readonly region: string | undefined;
  readonly chosen: string | undefined;
}
