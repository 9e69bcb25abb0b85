/** A tenant that every session has from its start. */
import { presetProblems } from '../preset-problems.ts';
import { documentation, type Rule } from '../rule.ts';

export const settingPreset: Rule = {
  id: 'setting-preset',
  level: 'error',
  title: 'Tenant setting has a preset value',
  why: 'A session that forgot to set its tenant does not see nothing: it sees, and writes, that tenant’s rows.',
  docs: documentation('sql-alterrole'),
  find: (survey) =>
    presetProblems(survey, ({ setting, value, role, database }) =>
      setting.toLowerCase() === survey.parameters.setting.toLowerCase()
        ? `sessions of ${role ?? 'every role'} in ${database ?? 'every database'} begin as the tenant ${value}`
        : null,
    ),
};
