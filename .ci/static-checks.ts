/** The static checks as data: types, lint, form, import rules, dead code. */
import type { Step } from './steps.ts';

const rooms = ['harness', 'reference-service', 'seed', 'scenarios', '.ci'];

export const staticChecks: Step[] = [
  { title: 'types', program: 'tsc', args: ['-p', '.'] },
  { title: 'types of the k6 scripts', program: 'tsc', args: ['-p', 'scenarios'] },
  { title: 'lint', program: 'eslint', args: ['.', '--max-warnings', '0'] },
  { title: 'form', program: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  { title: 'import rules', program: 'depcruise', args: [...rooms, '--config', '.dependency-cruiser.mjs'] },
  { title: 'dead code', program: 'knip', args: [] },
];

export const fixes: Step[] = [
  { title: 'lint', program: 'eslint', args: ['.', '--fix'] },
  { title: 'form', program: 'prettier', args: ['--write', '--log-level', 'warn', '.'] },
];
