import { boolean, choice, number, options, ref, text } from '../kernel/fields/index.ts';
import { defineRecord, type RecordOf } from '../kernel/record.ts';

/** How long a job, and the file it made, are kept. */
export const JOB_DAYS = 7;

/** Work that goes on by itself for one member, who alone sees it. It is made by a command, and told how far it is by its steps. */
export const job = defineRecord({
  name: 'job',
  plural: 'jobs',
  idPrefix: 'job',
  domain: 'workspace',
  label: { en: ['Job', 'Jobs'], zh: '后台任务' },
  title: 'fileName',
  fields: {
    kind: choice(
      options({ export: ['Export', '导出'], handover: ['Hand-over', '移交'], takingBack: ['Taking back', '撤回移交'] }),
      { en: 'Kind', zh: '类型' },
      { required: true, readOnly: true },
    ),
    state: choice(
      options({
        queued: ['Waiting', '等待中'],
        running: ['Running', '进行中'],
        done: ['Done', '已完成'],
        failed: ['Failed', '失败'],
        cancelled: ['Cancelled', '已取消'],
      }),
      { en: 'State', zh: '状态' },
      { required: true, readOnly: true },
    ),
    recordType: text({ en: 'Records of type', zh: '记录类型' }, { max: 40, required: true, readOnly: true }),
    /** Names the work: of an export its file, of a hand-over the member whose records go. */
    fileName: text({ en: 'Name', zh: '名称' }, { max: 200, required: true, readOnly: true }),
    /** Whose records go, of a hand-over. */
    memberId: ref('member', { en: 'Member', zh: '成员' }, { readOnly: true, hidden: true }),
    doneCount: number({ en: 'Records so far', zh: '已处理记录' }, { min: 0, readOnly: true }),
    /** Of an export known when all have been read. */
    totalCount: number({ en: 'Records in all', zh: '记录总数' }, { min: 0, readOnly: true }),
    size: number({ en: 'Bytes', zh: '字节数' }, { min: 0, readOnly: true }),
    /** There were more records than a file takes. */
    cut: boolean({ en: 'Cut off', zh: '已截断' }, { readOnly: true }),
    fault: text({ en: 'Fault', zh: '失败原因' }, { max: 60, readOnly: true }),
  },
  paths: { owner: true },
  access: { group: 'personal' },
  operations: ['read'],
  summary: ['state', 'fileName'],
  views: { list: ['fileName', 'state', 'doneCount', 'createdAt'] },
  keepDays: JOB_DAYS,
});
export type Job = RecordOf<typeof job>;

/** Whether there is something left to do. */
export const isOpenJob = ({ state }: Pick<Job, 'state'>): boolean => state === 'queued' || state === 'running';
