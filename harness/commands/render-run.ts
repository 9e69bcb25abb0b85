/** Result → report.html, junit.xml and summary.md in the run folder. */
import type { Result } from '../model/result.ts';
import { renderHtml } from '../report/render-html.ts';
import { renderJunit } from '../report/render-junit.ts';
import { renderMarkdown } from '../report/render-markdown.ts';
import { writeRendering, type RunFolder } from '../store.ts';

/** Returns the path of the HTML report. */
export async function renderRun(run: RunFolder, result: Result): Promise<string> {
  await writeRendering(run, 'junit', renderJunit(result));
  await writeRendering(run, 'summary', renderMarkdown(result));
  return await writeRendering(run, 'report', await renderHtml(result));
}
