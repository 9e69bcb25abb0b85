/** Where the recordings and the results of calibration lie: of one machine, once left alone and once with neighbours. */
import { fileURLToPath } from 'node:url';

/** `quiet`: the hypervisor took under one per cent of a block's time. `disturbed`: up to a quarter of it. */
export const conditions = ['quiet', 'disturbed'] as const;
export type Conditions = (typeof conditions)[number];

export interface CalibrationFiles {
  recording: string;
  result: string;
  table: string;
  chart: (gate: 'median' | 'tail') => string;
}

export function calibrationFiles(of: Conditions): CalibrationFiles {
  const inDocs = (name: string) => fileURLToPath(new URL(`../../docs/calibration/${of}/${name}`, import.meta.url));
  return {
    recording: inDocs('pairs.parquet'),
    result: inDocs('calibration.json'),
    table: inDocs('calibration.md'),
    chart: (gate) => inDocs(`power-${gate}.svg`),
  };
}

/** Throws for what is neither. */
export function parseConditions(text: string): Conditions {
  const found = conditions.find((one) => one === text);
  if (found === undefined) throw new Error(`--conditions ${text}: expected ${conditions.join(' or ')}`);
  return found;
}
