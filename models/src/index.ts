export type { Box, Face, FaceQuality, FoundFace, HeadPose, Point, RgbFrame } from '#domain/face.ts';
export type {
  FaceReader,
  FaceReaderFault,
  FaceReaderOptions,
  TemplateModel,
} from '#face-reader.ts';
export { FaceReaderError } from '#face-reader.ts';
export type { Fetched, FetchOptions, FetchProgress } from '#fetch/fetch-files.ts';
export { fetchFootage } from '#fetch/fetch-footage.ts';
export { makeSampleFilm } from '#fetch/make-sample-film.ts';
export { fetchWeights } from '#fetch/fetch-weights.ts';
export { FETCH_COMMAND, FOOTAGE_DIR, MANIFEST_FILE, WEIGHTS_DIR } from '#paths.ts';
export { openFaceReader } from '#reader/open-face-reader.ts';
export { meanTemplate } from '#domain/mean-template.ts';
export { similarity } from '#domain/similarity.ts';
export { FLAT_BELOW, planarResidual } from '#domain/planarity.ts';
