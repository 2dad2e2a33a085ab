import { writeCsv } from '../../shared/kernel/csv.ts';
import { filterField } from '../../shared/kernel/filter.ts';
import type { RecordDefinition } from '../../shared/kernel/record.ts';
import { wording, type Label } from '../../shared/kernel/types.ts';
import type { ExportRequest } from '../../shared/workspace/exportRequest.ts';
import { sortExport, type ExportRow } from './exportRows.ts';
import { workbook } from './workbook.ts';

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
  const columns = asked.columns.map((name, i) => ({ title: titles[i]!, kind: filterField(definition, name)!.kind }));
  return workbook(asked.name, columns, cells, asked.locale, zone);
}
