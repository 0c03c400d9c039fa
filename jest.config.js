'use strict';

// The suite runs from the compiled JavaScript, so that the very same files run under every Node
// version, emulator and operating system without a transformer.
module.exports = {
  rootDir: 'dist/test',
  testMatch: ['**/*.test.js'],
  transform: {},
  setupFilesAfterEnv: ['<rootDir>/support/equality.js'],
  testEnvironment: '<rootDir>/../../test/support/environment.js',
  testTimeout: 30_000,
};
