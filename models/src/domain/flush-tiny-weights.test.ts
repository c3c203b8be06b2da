import { expect, test } from 'vitest';
import { flushTinyWeights } from '#domain/flush-tiny-weights.ts';

const bytes = (field: number, body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([field * 8 + 2, body.length]), body]);
const number = (field: number, value: number): Buffer => Buffer.from([field * 8, value]);
const floats = (...values: number[]): Uint8Array =>
  new Uint8Array(Float32Array.of(...values).buffer);
/** A model of one tensor: ONNX's ModelProto.graph (7) . initializer (5) with data_type (2) and raw_data (9). */
const model = (dataType: number, raw: Uint8Array): Buffer => {
  const tensor = Buffer.concat([number(2, dataType), bytes(8, Buffer.from('w')), bytes(9, raw)]);
  return Buffer.concat([number(1, 8), bytes(7, bytes(5, tensor))]);
};
const FLOAT = 1;
const INT64 = 7;

test('weights too small to count become zero, the others keep every bit', () => {
  const onnx = model(FLOAT, floats(1e-40, 0.5, -3e-20, -0.25, 0, 1e-6));
  expect(flushTinyWeights(onnx)).toBe(2);
  expect(onnx.equals(model(FLOAT, floats(0, 0.5, 0, -0.25, 0, 1e-6)))).toBe(true);
});

test('tensors of whole numbers are left alone: a shape of 20 would look like a tiny float', () => {
  const onnx = model(INT64, new Uint8Array(BigInt64Array.of(20n, 40n).buffer));
  const before = Buffer.from(onnx);
  expect(flushTinyWeights(onnx)).toBe(0);
  expect(onnx.equals(before)).toBe(true);
});

test('bytes that are no model are a fault, not an endless loop', () => {
  expect(() => flushTinyWeights(model(FLOAT, floats(1, 2)).subarray(0, 12))).toThrow(RangeError);
  expect(() => flushTinyWeights(Buffer.from('not a model at all'))).toThrow(RangeError);
});
