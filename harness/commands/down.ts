/** `signoff down`: stops every system that was left running, and removes what a killed run left. */
import { removeLeftOvers } from '../environment/state/remove-left-overs.ts';
import { listRunningSystems, stopSystem } from '../environment/state/running-system.ts';
import { exitCode } from '../model/exit-codes.ts';
import type { Verb } from './verb.ts';

export const downVerb: Verb = {
  name: 'down',
  summary: 'Stop the systems that `signoff up` or `run --keep` left running, and remove what a killed run left.',
  configure: () => undefined,
  run: async (context, flags) => {
    const stopped: string[] = [];
    for (const system of await listRunningSystems()) {
      await stopSystem(system);
      stopped.push(system.id);
    }
    const leftOvers = await removeLeftOvers();
    const lines = [
      ...stopped.map((id) => `stopped ${id}`),
      ...leftOvers.map(({ id, processes, problem }) =>
        problem === null
          ? `removed the left-over ${id}${processes.length > 0 ? `: ${processes.join(', ')}` : ''}`
          : `could not remove the left-over ${id}: ${problem}`,
      ),
    ];
    context.out(
      flags['json'] === true
        ? `${JSON.stringify({ stopped, leftOvers: leftOvers.map(({ id, processes, problem }) => ({ id, processes, problem })) }, null, 2)}\n`
        : `${(lines.length > 0 ? lines : ['nothing was running']).join('\n')}\n`,
    );
    return exitCode('pass');
  },
};
