/** `signoff doctor`: one line per prerequisite, and for each problem the command that mends it. */
import { styleText } from 'node:util';
import { runDoctor } from '../environment/doctor.ts';
import { exitCode } from '../model/exit-codes.ts';
import type { Prerequisite } from '../model/run-record.ts';
import type { CommandContext } from './command-context.ts';
import type { Verb } from './verb.ts';

export const doctorVerb: Verb = {
  name: 'doctor',
  summary: 'Check what this machine has and lacks; exit 0 when a run can start, else 69.',
  configure: () => undefined,
  run: async (context, flags) => {
    const prerequisites = await runDoctor({ signal: context.signal });
    const ok = prerequisites.every((prerequisite) => prerequisite.ok);
    const code = exitCode(ok ? 'pass' : 'unavailable');
    context.out(
      flags['json'] === true
        ? `${JSON.stringify({ ok, exitCode: code, prerequisites }, null, 2)}\n`
        : doctorLines(context, prerequisites),
    );
    return code;
  },
};

function doctorLines(context: CommandContext, prerequisites: readonly Prerequisite[]): string {
  const width = Math.max(...prerequisites.map(({ title }) => title.length));
  const paint = (ok: boolean, text: string) =>
    context.colour ? styleText(ok ? 'green' : 'red', text, { validateStream: false }) : text;
  const lines = prerequisites.flatMap(({ ok, title, found, where, fix }) => [
    `  ${paint(ok, ok ? '✔' : '✘')} ${title.padEnd(width)}  ${found}${where === null ? '' : ` (${where})`}`,
    ...(fix === null ? [] : [`    ${' '.repeat(width)}  → ${fix}`]),
  ]);
  const problems = prerequisites.filter(({ ok }) => !ok).length;
  const sum = problems === 0 ? 'a run can start' : `${problems} to mend before a run can start`;
  return `${lines.join('\n')}\n\n  ${sum}\n`;
}
