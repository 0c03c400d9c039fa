'use strict';

// The suite runs from the compiled JavaScript, so that the very same files run under every Node
// version, emulator and operating system without a transformer.
module.exports = {
  rootDir: 'dist/test',
  testMatch: ['**/*.test.js'],
  transform: {},
  setupFilesAfterEnv: ['<rootDir>/support/equality.js'],
  // The scripts that run the suite ask for its counts.
  reporters: [
    'default',
    ...(process.env.SAEA_TEST_REPORT ? ['<rootDir>/../../scripts/support/jest-reporter.cjs'] : []),
  ],
  testEnvironment: '<rootDir>/../../test/support/environment.js',
  // Under an emulator everything may take longer; test/support/deadline.ts has as much patience.
  testTimeout: process.env.SAEA_TEST_EMULATOR === undefined ? 30_000 : 300_000,
};
