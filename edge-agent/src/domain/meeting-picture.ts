import { carriesVideo, type Tier } from '@sightline/contracts';

/** All that the agent's own camera gives. */
export const mostPicturesPerS = 12;
const weakPicturesPerS = 8;
/** Enough for a still every few seconds, and to see that one is there. */
const fewPicturesPerS = 1;

/** How many pictures of the agent's camera a second a page in a meeting needs at the tier its link carries up. */
export function picturesPerS(up: Tier): number {
  if (!carriesVideo(up)) return fewPicturesPerS;
  return up === 'video-64' ? weakPicturesPerS : mostPicturesPerS;
}
