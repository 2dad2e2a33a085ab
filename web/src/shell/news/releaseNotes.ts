import type { Label } from '../../../../shared/kernel/types.ts';
import { LATEST_RELEASE } from './latestRelease.ts';

/** What a release brought, told to those who use the product. */
interface ReleaseNote {
  /** Year, month, and which of the month's. */
  readonly release: string;
  readonly title: Label;
  readonly points: readonly Label[];
}

/** The newest first. A new one takes `LATEST_RELEASE`, and the one before keeps its own name. */
export const releaseNotes: readonly ReleaseNote[] = [
  {
    release: LATEST_RELEASE,
    title: { en: 'Keyboard, help and work without a network', zh: '键盘、帮助与离线工作' },
    points: [
      {
        en: 'Ctrl K now acts on what is in front of you: on an open record, a row of a list or all rows you have ticked. Records you opened lately stand on top, and every entry shows its key.',
        zh: 'Ctrl K 现在可以直接处理眼前的内容：打开的记录、列表中的一行或全部已选中的行。最近访问的记录排在最前，每一项都标出快捷键。',
      },
      {
        en: 'New keys on lists, beside them and on records: A assigns, S changes the stage or status, N writes a note, E edits, T plans. Ctrl Enter saves any form.',
        zh: '列表、侧边预览和记录页上的新按键：A 分配，S 更改阶段或状态，N 写备注，E 编辑，T 安排。Ctrl Enter 保存任何表单。',
      },
      {
        en: 'Previous and next record stay where they were when you reload a record or come back to it.',
        zh: '刷新记录页或返回记录页后，“上一条”和“下一条”仍然保留。',
      },
      {
        en: 'What you change without a network is kept and sent as soon as there is one again.',
        zh: '断网时所做的修改会保留下来，恢复连接后自动发送。',
      },
      {
        en: 'The question mark at the top explains the page you are on, and questions and answers are found from everywhere.',
        zh: '顶部的问号说明当前页面的用途，常见问题随处可以搜到。',
      },
      {
        en: 'News of your company stand on the home page; charts can also be read as tables and saved as pictures.',
        zh: '公司新闻显示在工作台上；图表也可以看成表格，或保存为图片。',
      },
    ],
  },
  {
    release: '2026.11.2',
    title: { en: 'Lists, history and safety', zh: '列表、历史与安全' },
    points: [
      {
        en: 'Lists have saved views, conditions in groups, and cells that you write and paste into; they leave as CSV or Excel in the background.',
        zh: '列表支持保存视图、条件分组，并可直接在单元格中填写和粘贴；可在后台导出为 CSV 或 Excel。',
      },
      {
        en: 'What was deleted can be brought back from the bin for thirty days, and a single value from its history.',
        zh: '删除的内容三十天内可从回收站找回，单个值也可从历史记录中恢复。',
      },
      {
        en: 'Sign in with two steps, see where you are signed in, and end other sessions. A log tells who did what to people and rights.',
        zh: '支持两步登录，可查看在哪些设备上登录并结束其他会话。日志记录谁对成员和权限做了什么。',
      },
      {
        en: 'Pipelines, stages, lists of values, fields and forms are yours to change in the settings.',
        zh: '销售流程、阶段、取值列表、字段和表单都可以在设置中自行调整。',
      },
    ],
  },
  {
    release: '2026.11.1',
    title: { en: 'The daily work', zh: '日常工作' },
    points: [
      {
        en: 'A form on your web site becomes a lead that has an owner at once. A lead becomes customer, contact and opportunity in one step.',
        zh: '网站表单提交后立即成为有负责人的线索；线索一步即可转为客户、联系人和商机。',
      },
      {
        en: 'Opportunities move through their stages on a board by mouse, finger or keyboard, and become an order with one press.',
        zh: '商机可在看板上用鼠标、手指或键盘推进各阶段，一键生成订单。',
      },
      {
        en: 'Log a call with two taps, plan what comes next, and find the whole day in the agenda.',
        zh: '两次点按即可记录通话，安排下一步，并在日程中看到全天计划。',
      },
      {
        en: 'A digest every morning tells managers how sales stand; churn warnings tell sellers who has fallen silent, and why.',
        zh: '每天早晨的摘要让管理者了解销售情况；流失预警告诉销售谁变得沉默以及原因。',
      },
    ],
  },
];
