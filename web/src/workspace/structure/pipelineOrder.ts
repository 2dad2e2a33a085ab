import type { Values } from '../../../../shared/kernel/record.ts';
import type { Pipeline } from '../../../../shared/sales/pipelines.ts';

/** A pipeline as a record: for the standard one, which is no record until something of it changes. */
export const pipelineValues = ({ label, stages }: Pipeline, order: number): Values => ({
  nameEn: label.en,
  nameZh: label.zh,
  stages,
  order,
});
