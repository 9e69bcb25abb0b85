/** Sessions that end in an error wherever a policy would filter. */
import { presetProblems } from '../preset-problems.ts';
import { documentation, type Rule } from '../rule.ts';

export const rowSecurityOff: Rule = {
  id: 'row-security-off',
  level: 'warn',
  title: 'row_security is off',
  why: 'Every statement on a protected table fails, which invites an exemption from policies as the way out.',
  docs: documentation('runtime-config-client#GUC-ROW-SECURITY'),
  find: (survey) =>
    presetProblems(survey, ({ setting, value, role, database }) =>
      setting === 'row_security' && ['off', 'false', 'no', '0'].includes(value)
        ? `row_security is off for ${role ?? 'every role'} in ${database ?? 'every database'}`
        : null,
    ),
};
