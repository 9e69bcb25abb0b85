/** Takes k6's CSV output apart while k6 runs: requests go on to Parquet, the few other metrics are kept here. */
import { type ColumnIndex, parseCsvLine, parseTags, readHeader } from './csv-line.ts';
import { LiveWindow } from './live-figures.ts';
import { ProbeTally } from './probes.ts';

/** The k6 scenario whose requests are probes: they are not load, and do not count in its rate. */
export const PROBE_SCENARIO = 'probes';

const MICROSECONDS_PER_MS = 1_000;

export interface SampleStreamOptions {
  /** Called once, with the first line. */
  onHeader: (columns: ColumnIndex) => void;
  /** Called with every line of `http_req_duration`, unchanged. */
  onRequest: (line: string) => void;
  /** Called once, with the Unix ms at which the load began. */
  onLoadStart: (atMs: number) => void;
}

/** What has come through so far; each number is of the whole run, to be cut to the measured window by its times. */
export class SampleStream {
  readonly live = new LiveWindow();
  readonly probes = new ProbeTally();
  /** Unix ms at which each iteration of the load ended, or was dropped; iterations of probes are not load. */
  readonly iterationsMs: number[] = [];
  readonly droppedMs: number[] = [];
  requests = 0;
  /** k6's own count of requests: one sample each, so that a lost line is noticed. */
  requestsByCounter = 0;

  readonly #options: SampleStreamOptions;
  #columns: ColumnIndex | null = null;
  #loadStarted = false;

  constructor(options: SampleStreamOptions) {
    this.#options = options;
  }

  /** Takes a whole line. Most lines are of metrics that nobody reads: they cost one comparison of their start. */
  addLine(line: string): void {
    if (this.#columns === null) {
      this.#columns = readHeader(line);
      this.#options.onHeader(this.#columns);
    } else if (line.startsWith('http_req_duration,')) this.#addRequest(line);
    else if (line.startsWith('http_reqs,')) this.requestsByCounter += 1;
    else if (line.startsWith('isolation_probe,')) this.#addProbe(line);
    else if (line.startsWith('iterations,')) this.#addIteration(line, this.iterationsMs);
    else if (line.startsWith('dropped_iterations,')) this.#addIteration(line, this.droppedMs);
    else if (line.startsWith('load_start,')) this.#startLoad(line);
  }

  #addRequest(line: string): void {
    this.requests += 1;
    this.#options.onRequest(line);
    const fields = parseCsvLine(line);
    if (this.#field(fields, 'scenario') === '') return;
    this.live.add(this.#atMs(fields), this.#value(fields), this.#field(fields, 'expected_response') !== 'true');
  }

  #addProbe(line: string): void {
    const fields = parseCsvLine(line);
    const tags = parseTags(this.#field(fields, 'extra_tags'));
    this.probes.add(tags, this.#value(fields), parseTags(this.#field(fields, 'metadata'))['detail']);
  }

  #addIteration(line: string, timesMs: number[]): void {
    const fields = parseCsvLine(line);
    if (this.#field(fields, 'scenario') !== PROBE_SCENARIO) timesMs.push(this.#atMs(fields));
  }

  #startLoad(line: string): void {
    if (this.#loadStarted) return;
    this.#loadStarted = true;
    this.#options.onLoadStart(this.#value(parseCsvLine(line)));
  }

  #atMs(fields: string[]): number {
    return Number(this.#field(fields, 'timestamp')) / MICROSECONDS_PER_MS;
  }

  #value(fields: string[]): number {
    return Number(this.#field(fields, 'metric_value'));
  }

  #field(fields: string[], name: string): string {
    return fields[this.#columns?.get(name) ?? -1] ?? '';
  }
}
