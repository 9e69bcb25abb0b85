/** Where the recording and the results of calibration lie. */
import { fileURLToPath } from 'node:url';

const inDocs = (name: string) => fileURLToPath(new URL(`../../docs/calibration/${name}`, import.meta.url));

export const recordingFile = inDocs('pairs.parquet');
export const resultFile = inDocs('calibration.json');
export const tableFile = inDocs('calibration.md');
export const chartFile = (gate: 'median' | 'tail') => inDocs(`power-${gate}.svg`);
