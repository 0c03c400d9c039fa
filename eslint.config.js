'use strict';

// What the compiler does not refuse and a formatter does not settle. Layers, file lengths and
// skipped tests are tidy's (scripts/tidy), which needs no types and reads C++ too.

const { readFileSync } = require('node:fs');
const path = require('node:path');
const typescript = require('typescript-eslint');

// The exceptions that tidy knows, each argued for in a decision record.
const allowedFile = path.join(__dirname, 'scripts/tidy/allowed.json');
const longFunctions = JSON.parse(readFileSync(allowedFile, 'utf8'))
  .filter(entry => entry.rule === 'function-length')
  .map(entry => ({ files: [entry.path], rules: { 'max-lines-per-function': 'off' } }));

const everywhere = {
  complexity: ['error', 12],
  curly: ['error', 'multi-line'],
  eqeqeq: ['error', 'always'],
  'max-depth': ['error', 3],
  'max-params': ['error', 5],
  'no-console': 'off',
  'no-implicit-coercion': ['error', { allow: ['!!', '+'] }],
  'no-param-reassign': 'off',
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
};

const inTypeScript = {
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/explicit-module-boundary-types': 'error',
  '@typescript-eslint/naming-convention': [
    'error',
    { selector: 'typeLike', format: ['PascalCase'] },
    { selector: 'method', format: ['camelCase'], leadingUnderscore: 'forbid' },
    { selector: 'classProperty', modifiers: ['private'], format: ['camelCase'] },
  ],
  // What .NET has deprecated we deprecate too, and so must offer, use and test.
  '@typescript-eslint/no-deprecated': 'off',
  // An endpoint in a template prints well; no-base-to-string catches what does not.
  '@typescript-eslint/restrict-template-expressions': 'off',
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: true },
  ],
  // .NET's constants are numbers with bits: (flags & SocketFlags.Peek) !== 0.
  '@typescript-eslint/no-unsafe-enum-comparison': 'off',
  // `field!: T` and `if (x === true)` say what they mean, and strict mode checks them.
  '@typescript-eslint/no-unnecessary-boolean-literal-compare': 'off',
};

const onlyLib = {
  'max-lines-per-function': ['error', { max: 60 }],
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        {
          group: ['node:net', 'node:dgram', 'net', 'dgram'],
          message: 'We are another implementation of these.',
        },
        { regex: '/(test|bench|examples|dist)/', message: 'Nothing in lib looks out of lib.' },
      ],
    },
  ],
  'no-restricted-syntax': [
    'error',
    { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
    { selector: 'TSEnumDeclaration', message: 'A const object and a union type of its name.' },
    {
      selector: 'TSModuleDeclaration[kind="namespace"]',
      message: 'Files are the only namespaces.',
    },
  ],
};

// Tests look into what is private, hand over what is wrong, and read better in one piece.
const relaxedInTests = {
  '@typescript-eslint/no-confusing-void-expression': 'off',
  '@typescript-eslint/no-empty-function': 'off',
  '@typescript-eslint/no-extraneous-class': 'off',
  '@typescript-eslint/no-unnecessary-type-parameters': 'off',
  '@typescript-eslint/no-unsafe-argument': 'off',
  '@typescript-eslint/no-unsafe-assignment': 'off',
  '@typescript-eslint/no-unsafe-call': 'off',
  '@typescript-eslint/no-unsafe-member-access': 'off',
  '@typescript-eslint/no-unsafe-return': 'off',
  '@typescript-eslint/require-await': 'off',
  '@typescript-eslint/unbound-method': 'off',
};

module.exports = typescript.config(
  {
    ignores: [
      'build/',
      'dist/',
      'node_modules/',
      'prebuilds/',
      'test/guides/',
      'test/package/',
      'tools/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: [
      'lib/**/*.{ts,mts}',
      'bin/**/*.ts',
      'test/**/*.ts',
      'bench/**/*.ts',
      'examples/**/*.ts',
    ],
    extends: [typescript.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
    rules: { ...everywhere, ...inTypeScript },
  },
  { files: ['lib/**/*.{ts,mts}'], rules: onlyLib },
  // Their whole purpose: import cannot load an addon.
  { files: ['lib/prebuilt/*.ts'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    // The one file that reads records by offset, where the compiler cannot see that they exist.
    files: ['lib/internal/record.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['bin/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts', 'examples/**/*.ts'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  { files: ['test/**/*.ts'], rules: relaxedInTests },
  ...longFunctions,
  {
    files: ['**/*.mjs', '**/*.js'],
    rules: {
      ...everywhere,
      'max-lines-per-function': ['error', { max: 60 }],
      'no-undef': 'error',
      'no-unused-expressions': 'error',
      'no-unused-vars': 'error',
    },
    languageOptions: {
      globals: {
        Buffer: 'readonly',
        performance: 'readonly',
        process: 'readonly',
        URL: 'readonly',
      },
    },
  },
  {
    // Programs for other runtimes.
    files: ['bench/servers/*.mjs'],
    languageOptions: { globals: { Bun: 'readonly', console: 'readonly', Deno: 'readonly' } },
  },
  {
    files: ['**/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { __dirname: 'readonly', module: 'writable', require: 'readonly' },
    },
  },
);
