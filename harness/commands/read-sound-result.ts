/** A stored result whose verdict follows from its own findings and guards; seals only show that a folder is as somebody sealed it. */
import { judgeVerdict } from '../gate/judge-verdict.ts';
import { SignoffError } from '../model/errors.ts';
import type { Result } from '../model/result.ts';
import { readRecord, readResult, type RunFolder } from '../store.ts';

/** For whatever believes a stored verdict instead of judging anew. */
export async function readSoundResult(run: RunFolder): Promise<Result> {
  const result = await readResult(run);
  const { verdict, exitCode, plantedDefect, environment } = result;
  const { config, directory } = run;
  if (plantedDefect !== config.plantedDefect) {
    const [said, made] = [plantedDefect, config.plantedDefect].map((defect) => defect ?? 'none');
    throw unsound(directory, `its planted defect is "${said}", that of config.json "${made}"`);
  }
  const { incomplete } = await readRecord(run);
  if (incomplete !== result.incomplete) {
    const [said, made] = [result.incomplete, incomplete].map((reason) => reason ?? 'it went to its end');
    throw unsound(directory, `of the end of the run it says "${said}", artefacts/run.json "${made}"`);
  }
  const follows = judgeVerdict(config, { ...result, tenants: environment.tenants });
  if (verdict !== follows.verdict || exitCode !== follows.exitCode) {
    throw unsound(
      directory,
      `its verdict is "${verdict}" (exit ${exitCode}), but "${follows.verdict}" (exit ${follows.exitCode}) follows from its findings and guards: ${follows.reasons[0] ?? ''}`,
    );
  }
  return result;
}

function unsound(directory: string, problem: string): SignoffError {
  return new SignoffError('BAD_RUN_FOLDER', `${directory}: result.json was changed: ${problem}`, {
    hint: `Judge the run anew, from its samples: signoff judge ${directory}`,
  });
}
