/** Parameters that ALTER ROLE or ALTER DATABASE preset for the application, each with the RESET. */
import type { PresetFact } from './facts.ts';
import { quoteName } from './quote.ts';
import type { Problem } from './rule.ts';
import type { Survey } from './survey.ts';

/** A preset of another role is not the application's; presets follow the login, not a membership. */
export function presetProblems(survey: Survey, wrong: (preset: PresetFact) => string | null): Problem[] {
  const names = survey.applicationRoles.map(({ name }) => name);
  return survey.facts.presets
    .filter(({ role }) => role === null || names.includes(role))
    .flatMap((preset) => {
      const what = wrong(preset);
      if (what === null) return [];
      const role = preset.role === null ? 'ROLE ALL' : `ROLE ${quoteName(preset.role)}`;
      const within = preset.database === null ? '' : ` IN DATABASE ${quoteName(preset.database)}`;
      const whose =
        preset.role === null && preset.database !== null
          ? `DATABASE ${quoteName(preset.database)}`
          : `${role}${within}`;
      const setting = preset.setting.split('.').map(quoteName).join('.');
      return [
        {
          object: `${preset.role ?? preset.database ?? 'all'}.${preset.setting}`,
          what,
          fix: [`ALTER ${whose} RESET ${setting};`],
        },
      ];
    });
}
