import { REGISTRY } from '../../../../shared/registry.ts';

/** A short text that is another one as soon as any record type is declared otherwise: what lies on the disk is then of no use. */
export function shapeOfRecords(): string {
  const shape = REGISTRY.map(({ name, schema, fields, derived }) => [
    name,
    schema,
    ...[...Object.entries(fields), ...Object.entries(derived)].map(([field, { kind, sensitivity }]) => [field, kind, sensitivity]),
  ]);
  let hash = 0x811c9dc5;
  for (const unit of JSON.stringify(shape)) hash = Math.imul(hash ^ unit.codePointAt(0)!, 0x01000193) >>> 0; // FNV-1a
  return hash.toString(36);
}
