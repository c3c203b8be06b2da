export type { Box, Face, FaceQuality, FoundFace, HeadPose, Point, RgbFrame } from '#face.ts';
export type {
  FaceReader,
  FaceReaderFault,
  FaceReaderOptions,
  TemplateModel,
} from '#face-reader.ts';
export { FaceReaderError } from '#face-reader.ts';
export { meanTemplate } from '#domain/mean-template.ts';
export { similarity } from '#domain/similarity.ts';
