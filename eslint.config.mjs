// Lint rules: the type-checked set of typescript-eslint, the house's size limits, and what pure folders may not touch.
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const pureFolders = ['statistics', 'experiments', 'claims', 'gate', 'report'].map((room) => `harness/${room}/**/*.ts`);
const tests = ['**/*.test.ts', '**/testing/**', '**/test-support/**'];
const clockAndChance = [
  { object: 'Math', property: 'random', message: 'Pure rooms use the seeded generator of harness/statistics.' },
  { object: 'Date', property: 'now', message: 'Pure rooms have no clock: pass the time in.' },
  { object: 'performance', property: 'now', message: 'Pure rooms have no clock: pass the time in.' },
];

export default tseslint.config(
  { ignores: ['node_modules/', 'reports/', 'seed/out/', '.dependency-cruiser.mjs', 'eslint.config.mjs'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './scenarios/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-console': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['harness/**/*.ts', 'seed/**/*.ts', 'reference-service/**/*.ts'],
    ignores: tests,
    rules: { 'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: pureFolders,
    ignores: tests,
    rules: {
      'no-restricted-properties': ['error', ...clockAndChance],
      'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval'],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'Pure rooms have no clock: pass the time in.',
        },
      ],
    },
  },
  {
    files: ['harness/bootstrap.mjs'],
    languageOptions: { globals: { process: 'readonly', setTimeout: 'readonly' } },
  },
);
