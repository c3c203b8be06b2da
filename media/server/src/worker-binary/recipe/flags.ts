/** How the worker is compiled and linked; a change of it makes another binary (`recipe-key.ts`). */
export const FLAGS = {
  compile: ['-std=c++20', '-O2', '-w', '-pthread'],
  /** As the package's own meson.build says for a release on a little-endian machine. */
  defines: [
    '-DMS_LITTLE_ENDIAN',
    '-DMS_EXECUTABLE',
    '-DFLATBUFFERS_LOCALE_INDEPENDENT=1',
    '-DNDEBUG',
  ],
  link: ['-pthread', '-s'],
  libraries: ['-lsrtp2', '-luv', '-lssl', '-lcrypto', '-lflatbuffers'],
  flatc: [
    '--cpp',
    '--cpp-field-case-style',
    'lower',
    '--reflect-names',
    '--scoped-enums',
    '--filename-suffix',
    '',
  ],
} as const;
