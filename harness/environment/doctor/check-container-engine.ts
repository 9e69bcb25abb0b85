/** Whether a container engine can be used. Information only: without one the embedded servers are used. */
import type { Prerequisite } from '../../model/run-record.ts';
import { findAnsweringEngine } from '../containers/answering-engine.ts';
import { findEngine } from '../containers/engine.ts';
import { asSignoffError } from '../../model/errors.ts';

export async function checkContainerEngine(environment: NodeJS.ProcessEnv): Promise<Prerequisite> {
  const base = { id: 'container-engine', title: 'Container engine', ok: true, fix: null };
  const { answers, looked } = await findAnsweringEngine(environment);
  if (answers === null) {
    return { ...base, found: 'none answers (optional): the embedded servers are used', where: looked };
  }
  try {
    const { version, composeVersion } = await findEngine(environment);
    return { ...base, found: `Docker ${version} with Compose ${composeVersion} (optional)`, where: answers };
  } catch (error) {
    const { message } = asSignoffError(error);
    return { ...base, found: `cannot be used, so the embedded servers are: ${message}`, where: answers };
  }
}
