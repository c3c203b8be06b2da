/**
 * Official builds of ONNX Runtime (1.29 and later) report what they do to their maker, and keep an
 * identifier of the machine below the home folder, unless told not to before they begin. Only the main
 * thread can tell them: a worker's environment is a copy that native code does not see.
 */
export function forbidTelemetry(): void {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
}
