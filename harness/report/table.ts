/** A data table with a caption, scoped headers and, on a narrow screen, either stacked rows or a scrolling frame. */
import { type Fragment, type Markup, markup } from './markup.ts';

interface Column<Row> {
  title: string;
  cell: (row: Row) => Fragment;
  /** Numbers are set flush right in figures of one width. */
  numeric?: boolean;
  /** Share of the table's width, %. */
  width?: number;
}

interface RowGroup<Row> {
  title: string | null;
  rows: readonly Row[];
}

export interface TableOptions<Row> {
  caption: string;
  /** The first column heads its row. */
  columns: readonly Column<Row>[];
  groups: readonly RowGroup<Row>[];
  /** `stack` turns each row into a small list on a phone; `scroll` keeps the columns and scrolls. */
  narrow: 'stack' | 'scroll';
  /** Many short rows, set closer. */
  dense?: boolean;
}

/** A stacked row is no longer displayed as one, and browsers then drop its meaning: there the roles are said aloud. */
type Roles = (role: string) => Markup | null;

function headCell<Row>(column: Column<Row>, role: Roles): Markup {
  const width = column.width === undefined ? null : markup` style="width:${column.width}%"`;
  return markup`<th scope="col"${role('columnheader')}${column.numeric ? markup` class="numeric"` : null}${width}>${column.title}</th>`;
}

function bodyRow<Row>(row: Row, columns: readonly Column<Row>[], role: Roles): Markup {
  const cells = columns.map((column, index) => {
    const numeric = column.numeric ? markup` class="numeric"` : null;
    return index === 0
      ? markup`<th scope="row"${role('rowheader')}${numeric}>${column.cell(row)}</th>`
      : markup`<td${role('cell')}${numeric} data-label="${column.title}">${column.cell(row)}</td>`;
  });
  return markup`<tr${role('row')}>${cells}</tr>\n`;
}

function bodyGroup<Row>(group: RowGroup<Row>, columns: readonly Column<Row>[], role: Roles): Markup | null {
  if (group.rows.length === 0) return null;
  const heading =
    group.title === null
      ? null
      : markup`<tr class="group"${role('row')}><th scope="rowgroup"${role('rowheader')} colspan="${columns.length}">${group.title}</th></tr>`;
  return markup`<tbody${role('rowgroup')}>${heading}${group.rows.map((row) => bodyRow(row, columns, role))}</tbody>`;
}

/** Tables up to this long are printed on one page; longer ones may break between rows, their head repeated. */
const wholeRows = 6;

/** The table in its frame; a frame that can scroll can be reached by keyboard and has the caption as its name. */
export function table<Row>({ caption, columns, groups, narrow, dense }: TableOptions<Row>): Markup {
  const scrolls = narrow === 'scroll';
  const role: Roles = (name) => (scrolls ? null : markup` role="${name}"`);
  const rows = groups.reduce((total, group) => total + group.rows.length, 0);
  const frameClass = `frame ${narrow}${dense === true ? ' dense' : ''}${rows <= wholeRows ? ' whole' : ''}`;
  const frame = scrolls ? markup` tabindex="0" role="region" aria-label="${caption}"` : null;
  return markup`<div class="${frameClass}"${frame}><table${role('table')}>
<caption>${caption}</caption>
<thead${role('rowgroup')}><tr${role('row')}>${columns.map((column) => headCell(column, role))}</tr></thead>
${groups.map((group) => bodyGroup(group, columns, role))}</table></div>\n`;
}
