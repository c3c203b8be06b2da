import type { types } from 'mediasoup';

/** What of a consumer tells. */
export type Picture = Pick<types.Consumer, 'type' | 'preferredLayers' | 'currentLayers' | 'score'>;

/** Whether the worker sends less of a picture than is asked and comes in. */
export function isHeldBack({ type, preferredLayers, currentLayers, score }: Picture): boolean {
  // A picture of one layer is sent whatever the link carries: nothing tells.
  if (type !== 'simulcast' || preferredLayers === undefined) return true;
  const asked = preferredLayers.spatialLayer;
  const comesIn = score.producerScores.findLastIndex((one, layer) => one > 0 && layer <= asked);
  if (comesIn === -1) return false;
  if (currentLayers === undefined) return true;
  if (currentLayers.spatialLayer !== comesIn) return currentLayers.spatialLayer < comesIn;
  return (currentLayers.temporalLayer ?? 0) < (preferredLayers.temporalLayer ?? 0);
}
