/** Chart: mutants by the layer of the probes that noticed them; a survivor is an empty row in red. */
import type { TopLevelSpec } from 'vega-lite';
import { countOutcomes, type KillMatrix, type MutantOutcome, type TriedMutant } from '../../model/kill-matrix.ts';
import { mutantLayers, type MutantLayer } from '../../model/mutant.ts';
import { type ProbeLayer, probeLayers } from '../../model/probe-layer.ts';
import { formatCount, formatPlural } from '../format/number.ts';
import { listIds } from '../../model/list-ids.ts';
import type { Chart } from './chart.ts';
import { chartFrame, chartWidth, labelSize } from './chart-frame.ts';
import type { Palette } from './palette.ts';

const rowHeight = 18;
const smallSize = 11;
/** Mean advance of a character of Helvetica, em. */
const characterWidthEm = 0.56;
const longestLabel = 32;
const rightPadding = 30;

export const layerTitles: Record<MutantLayer, string> = {
  postgres: 'Postgres',
  redis: 'Redis',
  vault: 'Vault',
  service: 'Service',
};

const layerNames: Record<MutantLayer, string> = { ...layerTitles, service: 'the service' };

/** What stands across the row of a mutant that no probe killed. */
const unkilled: Record<Exclude<MutantOutcome, 'killed'>, string> = {
  survived: 'survived',
  equivalent: 'equivalent',
  'not-applied': 'not applied',
};

interface Cell {
  label: string;
  column: ProbeLayer;
  kills: number;
}

export interface MatrixData {
  /** Rows from the top: a heading for each layer, then its mutants. */
  labels: string[];
  headings: string[];
  /** Probes of a layer that killed a mutant, where that layer was asked. */
  cells: Cell[];
  remarks: { label: string; text: string; survived: boolean }[];
}

/** Two ids may share their first letters: a repeated short label gets a number, else they would share a row. */
function labelled(mutants: readonly TriedMutant[]): { label: string; mutant: TriedMutant }[] {
  const seen = new Map<string, number>();
  return mutants.map((mutant) => {
    const label = mutant.id.length <= longestLabel ? mutant.id : `${mutant.id.slice(0, longestLabel - 1)}…`;
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    return { label: count === 1 ? label : `${label} ${count}`, mutant };
  });
}

export function mapMatrix({ mutants }: Pick<KillMatrix, 'mutants'>): MatrixData {
  const rows = labelled(mutants);
  const ofLayer = (layer: MutantLayer) => rows.filter(({ mutant }) => mutant.layer === layer);
  const present = mutantLayers.filter((layer) => ofLayer(layer).length > 0);
  return {
    labels: present.flatMap((layer) => [layerTitles[layer], ...ofLayer(layer).map(({ label }) => label)]),
    headings: present.map((layer) => layerTitles[layer]),
    cells: rows.flatMap(({ label, mutant }) =>
      mutant.outcome === 'killed'
        ? mutant.asked.map((column) => ({
            label,
            column,
            kills: mutant.killedBy.filter(({ layer }) => layer === column).length,
          }))
        : [],
    ),
    remarks: rows.flatMap(({ label, mutant: { outcome } }) =>
      outcome === 'killed' ? [] : [{ label, text: unkilled[outcome], survived: outcome === 'survived' }],
    ),
  };
}

function describe({ mutants }: Pick<KillMatrix, 'mutants'>, of: string): string {
  const { killed } = countOutcomes(mutants);
  const survivors = mutants.filter(({ outcome }) => outcome === 'survived').map(({ id }) => id);
  const layers = probeLayers.flatMap((layer) => {
    const seen = mutants.filter(({ killedBy }) => killedBy.some((kill) => kill.layer === layer)).length;
    return seen === 0 ? [] : [`${formatCount(seen)} by probes of ${layer}`];
  });
  return (
    `${formatCount(killed)} of ${formatPlural(mutants.length, 'planted defect')} of ${of} noticed: ${layers.join(', ')}. ` +
    `${survivors.length === 0 ? 'None survived' : `Survived: ${listIds(survivors)}`}. The table below has every probe.`
  );
}

function cellLayers({ cells }: MatrixData, palette: Palette) {
  const y = { field: 'label', type: 'nominal' as const };
  const x = { field: 'column', type: 'nominal' as const };
  const killing = cells.filter(({ kills }) => kills > 0);
  const text = { type: 'text' as const, fontSize: smallSize };
  return [
    { data: { values: killing }, mark: { type: 'rect' as const, color: palette.strong }, encoding: { x, y } },
    {
      data: { values: killing },
      mark: { ...text, color: palette.paper },
      encoding: { x, y, text: { field: 'kills', type: 'quantitative' as const } },
    },
    {
      data: { values: cells.filter(({ kills }) => kills === 0).map((cell) => ({ ...cell, none: '·' })) },
      mark: { ...text, color: palette.quiet },
      encoding: { x, y, text: { field: 'none', type: 'nominal' as const } },
    },
  ];
}

function remarkLayers({ remarks }: MatrixData, plotWidth: number, palette: Palette) {
  const y = { field: 'label', type: 'nominal' as const };
  const across = { x: { value: 0 }, x2: { value: plotWidth } };
  const words = (color: string) => ({ type: 'text' as const, fontSize: smallSize, color });
  const text = { field: 'text', type: 'nominal' as const };
  const survivors = remarks.filter(({ survived }) => survived);
  return [
    {
      data: { values: survivors },
      mark: { type: 'rect' as const, color: palette.limit, filled: false, strokeWidth: 1.6 },
      encoding: { y, ...across },
    },
    { data: { values: survivors }, mark: words(palette.limit), encoding: { y, x: { value: plotWidth / 2 }, text } },
    {
      data: { values: remarks.filter(({ survived }) => !survived) },
      mark: words(palette.quiet),
      encoding: { y, x: { value: plotWidth / 2 }, text },
    },
  ];
}

function buildSpec(data: MatrixData, palette: Palette): TopLevelSpec {
  const longest = Math.max(...data.labels.map((label) => label.length));
  const left = Math.min(Math.ceil(longest * smallSize * characterWidthEm) + 14, chartWidth / 2);
  const isHeading = `indexof(${JSON.stringify(data.headings)}, datum.value) >= 0`;
  return {
    ...chartFrame(palette, data.labels.length * rowHeight, { left, right: rightPadding, top: 58, bottom: 8 }),
    layer: [...cellLayers(data, palette), ...remarkLayers(data, chartWidth - left - rightPadding, palette)],
    encoding: {
      x: {
        type: 'nominal',
        scale: { domain: [...probeLayers], paddingInner: 0.08, paddingOuter: 0 },
        axis: {
          title: null,
          orient: 'top',
          labelAngle: -45,
          labelAlign: 'left',
          labelFontSize: labelSize,
          domain: false,
          ticks: false,
        },
      },
      y: {
        type: 'nominal',
        scale: { domain: data.labels, paddingInner: 0.1, paddingOuter: 0 },
        axis: {
          title: null,
          grid: false,
          labelFontSize: smallSize,
          labelFontWeight: { condition: { test: isHeading, value: 'bold' }, value: 'normal' },
        },
      },
    },
  };
}

/** Layers that share a chart: two of like height stand side by side, and each fits on a printed page. */
const parts: readonly (readonly MutantLayer[])[] = [['postgres', 'redis'], ['service'], ['vault']];

/** One for each part of which a mutant was tried. */
export function killMatrixCharts(matrix: KillMatrix): Chart[] {
  return parts.flatMap((layers) => {
    const mutants = matrix.mutants.filter(({ layer }) => layers.includes(layer));
    if (mutants.length === 0) return [];
    const present = layers.filter((layer) => mutants.some((mutant) => mutant.layer === layer));
    const data = mapMatrix({ mutants });
    const of = present.map((layer) => layerNames[layer]).join(' and ');
    return {
      id: `kill-matrix-${present.join('-')}`,
      title: `Defects of ${of}, and how many probes of each layer noticed them`,
      alternative: describe({ mutants }, of),
      spec: (palette: Palette) => buildSpec(data, palette),
    };
  });
}
