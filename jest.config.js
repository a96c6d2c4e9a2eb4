/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // Properties and real processes take longer than the default on a small machine.
  testTimeout: 60_000,
  // The tests run as CommonJS, which cannot load these ES modules as they are.
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
  transform: {
    '(\\.ts|/node_modules/jose/.+\\.js)$': [
      '@swc/jest',
      {
        jsc: { target: 'es2024', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
};
