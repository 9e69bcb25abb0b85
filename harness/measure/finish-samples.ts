/**
 * Closes the Parquet file of a block, checks that it is complete, and reads the figures of the measured window from it.
 */
import { type Artefact, gathered, notGathered } from '../model/artefact.ts';
import { asSignoffError } from '../model/errors.ts';
import type { Measurement } from '../model/measurement.ts';
import type { LoadOutcome } from './drive-load.ts';
import type { WindowFigures } from './generator.ts';
import type { ParquetFile, ParquetWriter } from './parquet-writer.ts';
import { windowFigures } from './samples-sql.ts';

type SampleFile = Extract<Measurement['artefacts']['samples'], { ok: true }>['value'];

export interface FinishedSamples {
  samples: Artefact<SampleFile>;
  /** null when the samples could not be read: then no figure of the window is known. */
  figures: WindowFigures | null;
}

const NOTHING: WindowFigures = { requests: 0, errors: 0, loadRequests: 0, loadMeanMs: 0 };

/** `file` is the path inside the run folder, `path` where it lies. Never rejects. */
export async function finishSamples(
  writer: ParquetWriter,
  outcome: LoadOutcome,
  { file, path }: { file: string; path: string },
): Promise<FinishedSamples> {
  try {
    const written = await writer.finish();
    const { unreadable } = outcome;
    if (unreadable !== null) {
      const figures = written === null ? NOTHING : await readFigures(writer, outcome, path);
      return {
        samples: notGathered('SAMPLES_UNREADABLE', `the output of k6 could not be read: ${unreadable.message}`),
        figures,
      };
    }
    if (written === null) {
      return {
        samples: notGathered('NO_SAMPLES', 'k6 ended before it wrote anything; the generator says why'),
        figures: NOTHING,
      };
    }
    const figures = await readFigures(writer, outcome, path);
    const lost = whatIsMissing(written, outcome);
    return {
      samples: lost === null ? gathered({ file, ...written }) : notGathered('SAMPLES_INCOMPLETE', lost),
      figures,
    };
  } catch (error) {
    return { samples: notGathered('SAMPLES_NOT_WRITTEN', asSignoffError(error).message), figures: null };
  }
}

/**
 * Every line that came is in the file; and, unless k6 was cut off, k6 counted as many requests as it wrote durations.
 */
function whatIsMissing({ rows }: ParquetFile, { exit, stream }: LoadOutcome): string | null {
  if (rows !== stream.requests) return `k6 wrote ${stream.requests} durations, the file holds ${rows}`;
  if (exit.exitCode === 0 && stream.requests !== stream.requestsByCounter) {
    return `k6 counted ${stream.requestsByCounter} requests and wrote ${stream.requests} durations`;
  }
  return null;
}

async function readFigures(writer: ParquetWriter, { window }: LoadOutcome, path: string): Promise<WindowFigures> {
  if (window === null) return NOTHING;
  const reader = await writer.connection.runAndReadAll(windowFigures(path, window));
  const row = reader.getRowObjects()[0];
  return {
    requests: Number(row?.['requests']),
    errors: Number(row?.['errors']),
    loadRequests: Number(row?.['load_requests']),
    loadMeanMs: Number(row?.['load_mean_ms']),
  };
}
