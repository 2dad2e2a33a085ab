import { writeCsv } from '../../shared/kernel/csv.ts';
import { filterField } from '../../shared/kernel/filter.ts';
import type { RecordDefinition } from '../../shared/kernel/record.ts';
import { SheetStyles, sheetXml, widthOf, WORKBOOK_FILES, type Column } from '../../shared/kernel/sheet.ts';
import { wording, type Label } from '../../shared/kernel/types.ts';
import type { ExportRequest } from '../../shared/workspace/exportRequest.ts';
import { zip } from '../services/zip.ts';
import { sortExport, type ExportRow } from './exportRows.ts';

/** Titles of what every record carries beside its fields. */
const SYSTEM_TITLES: Readonly<Record<string, Label>> = {
  id: { en: 'ID', zh: '编号' },
  ownerId: { en: 'Owner', zh: '负责人' },
  createdAt: { en: 'Created', zh: '创建时间' },
  createdBy: { en: 'Created by', zh: '创建人' },
  updatedAt: { en: 'Last changed', zh: '最近修改' },
  updatedBy: { en: 'Last changed by', zh: '最近修改人' },
};

const titleOf = (definition: RecordDefinition, name: string, { locale }: ExportRequest): string =>
  wording(SYSTEM_TITLES[name] ?? filterField(definition, name)!.label, locale);

/**
 * The file that was asked for.
 * @param zone  its reader's
 */
export async function exportFile(definition: RecordDefinition, rows: ExportRow[], asked: ExportRequest, zone: string): Promise<Buffer> {
  const titles = asked.columns.map((name) => titleOf(definition, name, asked));
  const cells = sortExport(definition, rows, asked).map((row) => row.cells);
  if (asked.format === 'csv') return Buffer.from(writeCsv([titles, ...(cells as readonly (readonly string[])[])]));
  const columns = asked.columns.map((name, i): Column => {
    const title = titles[i]!;
    return { title, width: widthOf(filterField(definition, name)!, title) };
  });
  const styles = new SheetStyles();
  // Its rows are written first: only then is it known which currencies need a format.
  return zip([
    ...WORKBOOK_FILES,
    ['xl/worksheets/sheet1.xml', sheetXml(columns, cells, styles, zone)],
    ['xl/styles.xml', lazily(() => styles.toXml())],
  ]);
}

function* lazily(text: () => string): Generator<string> {
  yield text();
}
